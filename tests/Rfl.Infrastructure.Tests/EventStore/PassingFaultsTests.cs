using System.Net.Sockets;
using Npgsql;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Infrastructure.Tests.EventStore;

/// <summary>What the sender is asked to send again later, and what would fail again.</summary>
public sealed class PassingFaultsTests
{
    [Theory]
    [InlineData("53100")] // disk full
    [InlineData("53300")] // too many connections
    [InlineData("57P01")] // stopped by its administrator
    [InlineData("57P02")] // crashed
    [InlineData("57P03")] // recovering
    [InlineData("57014")] // a statement given up
    [InlineData("58030")] // input or output failed
    [InlineData("25006")] // read only
    public void A_database_that_cannot_serve_now_passes(string state) => Assert.True(PassingFaults.IsPassing(Refused(state)));

    [Theory]
    [InlineData("23505")] // unique violation
    [InlineData("42P01")] // no such table
    [InlineData("28P01")] // wrong password
    [InlineData("XX001")] // corrupted data
    public void What_would_fail_again_does_not_pass(string state) => Assert.False(PassingFaults.IsPassing(Refused(state)));

    [Fact]
    public void A_broken_connection_passes_however_it_is_wrapped()
    {
        var broken = new NpgsqlException("Exception while reading from stream", new SocketException((int)SocketError.ConnectionReset));
        Assert.True(PassingFaults.IsPassing(new InvalidOperationException("Likely a transient failure.", broken)));
        Assert.True(PassingFaults.IsPassing(new InvalidOperationException("Saving failed.", new InvalidOperationException("", Refused("57P01")))));
        Assert.False(PassingFaults.IsPassing(new InvalidOperationException("A fault of ours.")));
    }

    private static PostgresException Refused(string state) => new("refused", "ERROR", "ERROR", state);
}
