using System.Net;
using System.Net.Mail;
using Microsoft.Extensions.Options;
using Rfl.Api.Http;
using Rfl.Domain.Transfers;
using Rfl.Infrastructure.Jobs;

namespace Rfl.Api.Mail;

/// <summary>
/// Sends waiting notices. A crash between the server's yes and ours sends one again, under the same Message-ID, by which mail systems know it; nothing is
/// ever lost (docs/adr/0063).
/// </summary>
public sealed class SendingMail(MailOutbox outbox, IOptions<MailSettings> settings, Texts texts, TimeProvider clock) : IScheduledJob
{
    public const string JobName = "sending-mail";

    private static readonly TimeSpan patience = TimeSpan.FromSeconds(30);

    public string Name => JobName;

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task RunAsync(JobProgress run, CancellationToken ct)
    {
        while (await outbox.TakeAsync(clock.GetUtcNow(), ct) is { Count: > 0 } notices)
        {
            run.Found(notices.Count);
            foreach (var notice in notices)
            {
                if (await TrySendAsync(notice, ct) is { } error)
                {
                    run.FailedWith(error);
                    await outbox.MarkFailedAsync(notice, error, clock.GetUtcNow(), ct);
                    continue;
                }

                // Sent is sent, even where the run is being stopped.
                await outbox.MarkSentAsync(notice, clock.GetUtcNow(), CancellationToken.None);
                run.Succeeded();
            }
        }
    }

    /// <returns>The code of the failure.</returns>
    private async Task<string?> TrySendAsync(WaitingNotice notice, CancellationToken ct)
    {
        if ((notice.Reference is null && !notice.IsToRole) || notice.Recipients.Count == 0)
            return "no-recipient";
        try
        {
            using var client = new SmtpClient(settings.Value.Host, settings.Value.Port)
            {
                EnableSsl = settings.Value.UseTls,
                Credentials = settings.Value.UserName is { } user ? new NetworkCredential(user, settings.Value.Password) : null,
            };
            using var message = Write(notice, notice.Reference);
            using var patient = CancellationTokenSource.CreateLinkedTokenSource(ct);
            patient.CancelAfter(patience);
            await client.SendMailAsync(message, patient.Token);
            return null;
        }
        catch (SmtpException exception)
        {
            return $"smtp-{exception.StatusCode}";
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            return JobRunner.CodeOf(exception);
        }
    }

    /// <summary>At most a reference and a kind of deadline or match, nothing of a person: mail passes through many hands. In both languages, for a reader of either.</summary>
    private MailMessage Write(WaitingNotice notice, Released<string>? reference)
    {
        var (english, french) = (In(Language.English), In(Language.French));
        var about = notice.IsToRole ? "" : $"{reference!.Value}: ";
        var message = new MailMessage
        {
            From = new MailAddress(settings.Value.From),
            Subject = $"{about}{english.Title} / {french.Title}",
            Body = $"{english.Detail}\n\n{french.Detail}\n",
            BodyTransferEncoding = System.Net.Mime.TransferEncoding.QuotedPrintable,
        };
        message.Headers.Add("Message-ID", $"<{notice.Id:N}@rfl>");
        foreach (var recipient in notice.Recipients)
            message.To.Add(recipient);
        return message;

        Text In(string language) => notice.IsToRole
            ? texts.Of(language, "mail:" + notice.Kind)
            : Enum.TryParse<MatchNotice>(notice.Kind, out _)
                ? texts.Of(language, "mail:" + notice.Kind, [reference!.Value])
                : texts.Of(language, "mail:deadline-passed", [reference!.Value, "deadline:" + notice.Kind]);
    }
}
