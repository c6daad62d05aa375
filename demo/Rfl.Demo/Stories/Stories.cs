namespace Rfl.Demo;

/// <summary>Every story, in the order of a request's life. All people, places of stay and events in them are made up.</summary>
internal static class Stories
{
    public static IReadOnlyList<Story> All { get; } =
        [.. Arriving.Stories, .. Searching.Stories, .. AskingPartners.Stories, .. Finding.Stories, .. Resting.Stories, .. Ending.Stories];
}
