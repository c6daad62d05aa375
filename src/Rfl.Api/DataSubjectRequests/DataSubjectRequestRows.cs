using Npgsql;
using NpgsqlTypes;
using Rfl.Api.Casework;
using Rfl.Domain.Common;
using Rfl.Domain.DataSubjectRequests;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Api.DataSubjectRequests;

public enum DataSubjectRequestStatus
{
    Open,
    Answered,
    Refused,
    Withdrawn,
}

/// <summary>One row a request: ids, codes and days, and nothing that was said.</summary>
public sealed class DataSubjectRequestRows : IInlineView
{
    public string StreamType => StreamKinds.DataSubjectRequest.Name;

    public string Name => "data-subject-request-rows";

    public IEnumerable<NpgsqlBatchCommand> Changes(StreamHistory after, IPersonalDataSealer sealer)
    {
        if (StreamKinds.DataSubjectRequest.Fold(after) is not DataSubjectRequest.Existing { File: var file } request)
            yield break;
        yield return new NpgsqlBatchCommand(
            """
            insert into data_subject_request_row (id, version, person_id, asked_right, requester, status, received_at, extended, overdue, through, recorded_by)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            on conflict (id) do update set version = excluded.version, status = excluded.status, extended = excluded.extended, overdue = excluded.overdue
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = after.Id },
                new NpgsqlParameter<long> { TypedValue = after.Version },
                new NpgsqlParameter<Guid> { TypedValue = file.Received.Person.Value },
                new NpgsqlParameter<string> { TypedValue = file.Received.Right.ToString() },
                new NpgsqlParameter<string> { TypedValue = file.Received.Requester.ToString() },
                new NpgsqlParameter<string> { TypedValue = StatusOf(request).ToString() },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = file.ReceivedAt },
                new NpgsqlParameter<bool> { TypedValue = file.Extension is not null },
                new NpgsqlParameter<bool> { TypedValue = file.IsOverdue },
                new NpgsqlParameter { Value = (object?)file.Received.Through?.Value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
                new NpgsqlParameter<Guid> { TypedValue = file.Received.RecordedBy },
            },
        };
    }

    public static DataSubjectRequestStatus StatusOf(DataSubjectRequest.Existing request) => request switch
    {
        DataSubjectRequest.Open => DataSubjectRequestStatus.Open,
        DataSubjectRequest.Answered => DataSubjectRequestStatus.Answered,
        DataSubjectRequest.Refused => DataSubjectRequestStatus.Refused,
        _ => DataSubjectRequestStatus.Withdrawn,
    };
}
