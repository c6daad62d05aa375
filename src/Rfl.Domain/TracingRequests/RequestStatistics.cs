using Rfl.Domain.Common;
using Rfl.Domain.People;
using Rfl.Domain.Policies;

namespace Rfl.Domain.TracingRequests;

/// <summary>
/// What stays of a request once its people are forgotten (handbook §8.6, §10): years instead of days, bands instead of ages, and nothing that anybody wrote.
/// </summary>
public sealed record RequestStatistics(
    int OpenedIn,
    int EndedIn,
    Stage Ended,
    ClosureOutcome? Outcome,
    CountryCode? Country,
    CountryCode? CountryOfStay,
    BreakOfContact? Cause,
    Priority? Priority,
    bool ConcernedMinor,
    bool FromPartner,
    ValueList<SoughtPersonStatistics> SoughtPersons)
{
    internal static RequestStatistics Of(TracingRequest.Started ended)
    {
        var file = ended.File;
        var lost = file.SoughtPersons.Select(person => person.Loss).OfType<LossOfContactRecorded>().ToList();
        var endedIn = WorkingCalendar.DayOf(file.EndedAt ?? file.LastActivityAt).Year;
        var openedIn = file.BegunOn?.Year ?? endedIn;
        return new RequestStatistics(
            openedIn,
            endedIn,
            Stages.Of(ended),
            (ended as TracingRequest.Closed)?.Outcome,
            lost.Select(loss => loss.Country).FirstOrDefault(country => country is not null),
            file.Enquirer?.CountryOfStay,
            lost.Count > 0 ? lost[0].Cause : null,
            file.Priority?.Priority,
            file.ConcernsMinor,
            file.Society is not null,
            file.SoughtPersons.Select(person => new SoughtPersonStatistics(
                person.Details.Value?.Sex ?? Sex.Unknown, BandOf(person, openedIn), person.Search)).ToValueList());
    }

    /// <summary>The age in the year of the request; a birth date in the request would tell more than a band.</summary>
    private static AgeBand BandOf(SoughtPersonFile person, int year) => person.Details.Value?.Birth?.Interval.Latest is { } birth
        ? (year - birth.Year) switch
        {
            < 0 => AgeBand.Unknown,
            < 18 => AgeBand.Under18,
            < 30 => AgeBand.From18To29,
            < 45 => AgeBand.From30To44,
            < 60 => AgeBand.From45To59,
            _ => AgeBand.From60,
        }
        : person.Circumstances.IsMinor ? AgeBand.Under18 : AgeBand.Unknown;
}

public sealed record SoughtPersonStatistics(Sex Sex, AgeBand AgeBand, SearchState Search);

public enum AgeBand
{
    Unknown,
    Under18,
    From18To29,
    From30To44,
    From45To59,
    From60,
}
