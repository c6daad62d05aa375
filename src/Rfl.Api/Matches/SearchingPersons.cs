using FluentValidation;
using MediatR;
using Npgsql;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Matches;
using Rfl.Domain.Matching;
using Rfl.Domain.People;
using Rfl.Infrastructure.PersonalData;
using Rfl.Infrastructure.Reads;

namespace Rfl.Api.Matches;

public static class SearchingPersons
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/person-searches", Post)
            .WithTags("Matches")
            .WithName("SearchPersons")
            .WithSummary("Searches the own lists for a person by any mixture of names in any script, birth, place and relatives; every search is recorded")
            .WithExample(new SearchPersonsBody(
                ["رحیم‌الله", "Rahimullah"], FatherName: "Nazar Mohammad", Birth: UncertainDate.Parse("2011~"), Birthplace: "Kunduz", Sex: Sex.Male));

    /// <remarks>A body, not a query string: what is searched for is personal data.</remarks>
    public static async Task<QueryAnswer<PersonSearchView>> Post(SearchPersonsBody body, HttpContext context, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new SearchPersons(body, Language.Of(context)), ct)).ToHttp();
}

/// <param name="Names">One or several names or spellings of the same person, in any script; may be left out where a relative or telephone number is known.</param>
/// <param name="Birth">EDTF, for example <c>1998~</c>.</param>
/// <param name="Relatives">Parents, siblings, companions.</param>
/// <param name="Family">The same, each with what they are to the person; a father or mother is compared as such.</param>
/// <param name="Phones">Numbers by which the person was reached.</param>
/// <param name="Roles">Sought persons, enquirers, registered persons; all when left out.</param>
public sealed record SearchPersonsBody(
    ValueList<string> Names = default,
    string? FatherName = null,
    string? MotherName = null,
    ValueList<string> Relatives = default,
    UncertainDate? Birth = null,
    string? Birthplace = null,
    Sex Sex = Sex.Unknown,
    ValueList<MatchRole> Roles = default,
    ValueList<SearchedRelative> Family = default,
    ValueList<string> Phones = default)
{
    internal MatchForm ToForm() => new(ToDetails(), Phones.Select(MatchPhones.Of).OfType<string>().ToValueList());

    internal PersonDetails ToDetails() => new(
        Names.Select(Name).ToValueList(),
        (FatherName ?? Parent(FamilyRelation.Father)) is { } father ? Name(father) : null,
        (MotherName ?? Parent(FamilyRelation.Mother)) is { } mother ? Name(mother) : null,
        Sex,
        Birth is { } birth ? new StatedDate(birth.ToString(), Domain.People.Calendars.CalendarKind.Gregorian, birth, birth.Precision) : null,
        Birthplace is { } place ? new Place(place) : null,
        Relatives: Relatives.Select(relative => new RelatedPerson(Name(relative), FamilyRelation.Other))
            .Concat(Family.Where(relative => relative.Relation is not (FamilyRelation.Father or FamilyRelation.Mother))
                .Select(relative => new RelatedPerson(Name(relative.Name), relative.Relation)))
            .ToValueList());

    private string? Parent(FamilyRelation relation) => Family.FirstOrDefault(relative => relative.Relation == relation)?.Name;

    private static PersonName Name(string text) => PersonName.Of(new NameComponent(NameComponentKind.Unknown, text));

    public override string ToString() => "personal";
}

/// <param name="Relation">What they are to the person searched for.</param>
public sealed record SearchedRelative(string Name, FamilyRelation Relation)
{
    public override string ToString() => "personal";
}

/// <param name="Candidates">The surest first. Never scaled to the best: a low probability is a low probability.</param>
public sealed record PersonSearchView(ValueList<FoundPersonView> Candidates);

/// <param name="Record">The request or registration in which the person stands.</param>
/// <param name="Probability">That it is the same person, from 0 to 1.</param>
/// <param name="ProbablySibling">Family or place agree and the given name does not: probably a brother or sister.</param>
public sealed record FoundPersonView(
    MatchRole Role, Guid Record, PersonId Person, string? Reference, string Name, double Probability, bool ProbablySibling, ValueList<ReasonView> Reasons);

[AllowedFor(Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
[ReadsPersonalData("person-search")]
public sealed record SearchPersons(SearchPersonsBody Body, string Language) : IQuery<PersonSearchView>;

public sealed class SearchPersonsValidator : AbstractValidator<SearchPersons>
{
    public SearchPersonsValidator()
    {
        RuleFor(query => query.Body.Names.Count).LessThanOrEqualTo(4).OverridePropertyName("Body.Names");
        RuleFor(query => query.Body.Names.Count).GreaterThan(0).OverridePropertyName("Body.Names")
            .When(query => query.Body is { FatherName: null, MotherName: null, Relatives.Count: 0, Family.Count: 0, Phones.Count: 0 });
        RuleForEach(query => query.Body.Names).NotEmpty().MaximumLength(300);
        RuleFor(query => query.Body.Relatives.Count).LessThanOrEqualTo(30).OverridePropertyName("Body.Relatives");
        RuleForEach(query => query.Body.Relatives).NotEmpty().MaximumLength(300);
        RuleFor(query => query.Body.FatherName).NotEqual("").MaximumLength(300);
        RuleFor(query => query.Body.MotherName).NotEqual("").MaximumLength(300);
        RuleFor(query => query.Body.Family.Count).LessThanOrEqualTo(30).OverridePropertyName("Body.Family");
        RuleForEach(query => query.Body.Family).ChildRules(relative => relative.RuleFor(known => known.Name).NotEmpty().MaximumLength(300)).OverridePropertyName("Body.Family");
        RuleFor(query => query.Body.Phones.Count).LessThanOrEqualTo(10).OverridePropertyName("Body.Phones");
        RuleForEach(query => query.Body.Phones).NotEmpty().MaximumLength(60);
    }
}

public sealed class SearchPersonsHandler(MatchIndex index, SearchRecord searches, CurrentViewer viewer) : IQueryHandler<SearchPersons, PersonSearchView>
{
    public async Task<QueryOutcome<PersonSearchView>> Handle(SearchPersons query, CancellationToken ct)
    {
        var asked = query.Body.ToForm();
        var roles = query.Body.Roles.Count > 0 ? query.Body.Roles : [MatchRole.Sought, MatchRole.Enquirer, MatchRole.Registered];
        var found = await index.FindAsync(asked, viewer.Viewer, roles, Guid.Empty, MatchRules.Shown, MatchRules.MostProposals, ct);
        await searches.AddAsync(query, asked, null, Shown(found), ct);
        return new PersonSearchView(found.Select(candidate => View(candidate, asked.Person, query.Language)).ToValueList());
    }

    internal static IReadOnlyList<Shown> Shown(IEnumerable<Candidate> found) =>
        [.. found.Select(candidate => new Shown(candidate.Side.Record, candidate.Ground, [candidate.Side.Person.Value]))];

    internal static FoundPersonView View(Candidate candidate, PersonDetails asked, string language) => new(
        candidate.Side.Role,
        candidate.Side.Record,
        candidate.Side.Person,
        candidate.Reference,
        candidate.Person.Names[0].Written(),
        Math.Round(candidate.Score.Probability, 4),
        candidate.Score.ProbablySibling,
        candidate.Score.Reasons.Select(reason => MatchReasons.View(reason, asked, candidate.Person, language)).ToValueList());
}

/// <summary>
/// Notes every search for a person (handbook §8.4), what was searched for only as keyed hashes. The read log says who was shown whom and knows a repeated search
/// by its whole; the keys beside it tell which searches were about people who sound alike (<c>BlindQueryWatch</c>).
/// </summary>
public sealed class SearchRecord(NpgsqlDataSource database, MatchIndex index, LookupHash hash, CurrentViewer viewer, ReadLog reads, TimeProvider clock)
{
    /// <summary>Both in one round trip, before anything is shown.</summary>
    /// <param name="message">What is asked, as the read log names it.</param>
    /// <param name="question">The question itself, where it is a record too.</param>
    /// <param name="found">The candidates that are shown.</param>
    public async Task AddAsync(object message, MatchForm asked, Shown? question, IReadOnlyList<Shown> found, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var whole = hash.Of("person-search", System.Text.Json.JsonSerializer.Serialize(asked, Json.Options));
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(reads.Given(message, question is null ? found : [question, .. found], whole));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            "insert into match_search (id, searched_at, searched_by, society, keys, whole, results) values ($1, $2, $3, $4, $5, $6, $7)")
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7(now) },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = now },
                new NpgsqlParameter<Guid> { TypedValue = viewer.Viewer.Id },
                new NpgsqlParameter { Value = (object?)viewer.Viewer.Society ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text },
                new NpgsqlParameter<long[]> { TypedValue = Array.ConvertAll(index.SoundsOf(ComparedPerson.Of(asked.Person)), key => (long)key) },
                new NpgsqlParameter<byte[]> { TypedValue = whole },
                new NpgsqlParameter<int> { TypedValue = found.Count },
            },
        });
        await batch.ExecuteNonQueryAsync(ct);
    }
}
