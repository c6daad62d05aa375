using Rfl.Infrastructure;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Api.DataSubjects;

/// <summary>
/// What happens between a restored backup and the first request: see the README on backups. At every start the ledger's own file is applied; the command
/// <c>apply-erasures FILE</c> applies another copy of it, adds its lines to the own file, and ends.
/// </summary>
public static class ApplyingErasures
{
    public const string Command = "apply-erasures";

    /// <returns>The exit code where that was all there was to do; null where the server is to run.</returns>
    public static async Task<int?> ApplyErasuresAsync(this WebApplication app, string[] arguments, CancellationToken ct = default)
    {
        var erasedAgain = app.Services.GetRequiredService<ErasedAgain>();
        if (arguments is not [Command, ..])
        {
            var ledger = app.Services.GetRequiredService<ErasureFile>();
            await erasedAgain.TellOfMissingFileAsync(ledger, ct);
            try
            {
                await erasedAgain.ApplyAsync(ledger, ct);
            }
            catch (InvalidDataException damaged)
            {
                throw new MisconfigurationException($"{damaged.Message} Put a whole copy of it in its place: without it, people who were erased could be read again.", damaged);
            }

            return null;
        }

        if (arguments is not [_, var path] || !File.Exists(path))
        {
            await Console.Error.WriteLineAsync($"Usage: {Command} FILE, a ledger of erasures.");
            return 2;
        }

        try
        {
            var count = await erasedAgain.ApplyAsync(app.Services.GetRequiredService<ErasureFile>(), ct) + await erasedAgain.ApplyAsync(new ErasureFile(path), ct);
            await app.Services.GetRequiredService<ErasureWatch>().LookAsync(ct);
            Console.WriteLine($"{count} erasures were carried out again.");
            return 0;
        }
        catch (InvalidDataException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return 1;
        }
    }
}
