using Rfl.Api.Http;
using Rfl.Domain.Common;
using Rfl.Infrastructure.Printing;

namespace Rfl.Api.AccessReplies;

/// <summary>
/// Everything that a person may be shown of what is held about them, made when it is asked for and kept nowhere. What belongs to others is left out, and what is left
/// out is said in the same words whether there is any or not: nothing follows from it (docs/adr/0087).
/// </summary>
/// <param name="Language">In which labels and codes are written; what was told stands as it was told.</param>
public sealed record AccessReply(
    PersonId Person, string Language, DateTimeOffset MadeAt, string Title, string Introduction, ValueList<AccessReplySection> Sections)
{
    public override string ToString() => "personal";

    public PrintedDocument ToPrinted(Texts texts) => new(
        Title,
        Introduction,
        [.. Sections.Select(section => new PrintedSection(section.Title, [.. section.Lines.Select(line => new PrintedLine(line.Label, line.Text))]))],
        new ReplyWords(texts, Language).Of("page"),
        MadeAt);
}

/// <param name="Kind">The kind of record, as a code.</param>
public sealed record AccessReplySection(string Kind, string Title, ValueList<AccessReplyLine> Lines)
{
    public override string ToString() => "personal";
}

/// <param name="Field">What it is, as a code.</param>
public sealed record AccessReplyLine(string Field, string Label, string Text)
{
    public override string ToString() => "personal";
}
