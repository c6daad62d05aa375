using Rfl.Domain.Common;

namespace Rfl.Api.Pipeline;

/// <summary>One thing that the sender has to change.</summary>
/// <param name="Path">The member in the request's JSON, as the sender wrote it: <c>soughtPersons[0].names</c>; a parameter's or header's name; empty for the whole.</param>
/// <param name="Code">The key of its text in every language.</param>
/// <param name="Values">Limits and other values named in the text; never what was sent.</param>
public sealed record FieldProblem(string Path, string Code, ValueList<string> Values = default);
