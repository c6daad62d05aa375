namespace Rfl.Domain.People;

/// <summary>A way to reach somebody (handbook §3).</summary>
/// <param name="Value">Number (E.164 where its country is known), address, account or meeting place.</param>
/// <param name="Of">Whose it is, where it is a third person's.</param>
/// <param name="IsSafe">Whether it may be used without danger to anybody; null where nobody asked, which is not a yes.</param>
public sealed record ContactPoint(ContactKind Kind, string Value, string? Of = null, bool? IsSafe = null)
{
    public override string ToString() => "personal";
}

public enum ContactKind
{
    Phone,
    Email,
    Post,
    Social,
    InPerson,

    /// <summary>Through somebody who passes messages on.</summary>
    ThirdParty,
}
