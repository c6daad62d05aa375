namespace Rfl.Api.Pipeline;

/// <summary>
/// The message's name together with an id would betray what only the disclosure circle may know (handbook, rule 12). Logs, traces and figures then carry
/// neither.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class DiscreetAttribute : Attribute;
