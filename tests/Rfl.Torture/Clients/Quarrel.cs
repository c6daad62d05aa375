using Rfl.Infrastructure.Identity;

namespace Rfl.Torture.Clients;

/// <summary>
/// Commands that get into each other's way: on few cases, about few things with few contents, turning the same case one way and the other. All by the
/// supervisor, so that who may see what does not change under them.
/// </summary>
internal sealed class Quarrel(Casework casework, Random chance, IReadOnlyList<Case> cases, IReadOnlyList<Guid> things)
{
    public Command Next()
    {
        var of = cases[chance.Next(cases.Count)];
        var thing = things[chance.Next(things.Count)];
        return Kind(of, thing) with { Who = DemoAccounts.Supervisor.Email, Always = false };
    }

    private Command Kind(Case of, Guid thing) => chance.Next(19) switch
    {
        0 => casework.Accept(of),
        1 => casework.Assign(of, Either(DemoAccounts.Caseworker.Id, DemoAccounts.OtherCaseworker.Id)),
        2 => casework.Prioritise(of),
        3 or 4 => casework.Lead(of, thing),
        5 => casework.Plan(of, thing),
        6 => casework.CarryOut(of, thing),
        7 => casework.Tell(of),
        8 => casework.Miss(of),
        9 => casework.AskEnquirer(of, thing),
        10 => casework.AnswerForEnquirer(of, thing),
        11 => casework.Rest(of),
        12 or 13 => casework.Reopen(of),
        14 => casework.Close(of),
        15 => casework.Suspend(of),
        16 => casework.ReviewDormant(of),
        17 => chance.Next(4) == 0 ? casework.Withdraw(of) : casework.Inquire(of, thing),
        _ => Link(of),
    };

    private Command Link(Case of)
    {
        var other = cases.Where(candidate => candidate != of).ElementAt(chance.Next(cases.Count - 1));
        return chance.Next(2) == 0 ? casework.Link(of, other) : casework.Unlink(of, other);
    }

    private Guid Either(Guid one, Guid other) => chance.Next(2) == 0 ? one : other;
}
