using FsCheck;

namespace Rfl.Domain.Tests.Common;

/// <summary>Laws hold for every generated case; the cases are the same in every run.</summary>
public static class Laws
{
    public static void Hold(Property law) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20260303, 297351), law);
}
