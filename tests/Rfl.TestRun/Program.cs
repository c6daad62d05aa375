// ./rfl test: runs every built test project on one PostgreSQL cluster and sums up. Arguments go to each `dotnet test` (for example --filter).
using Rfl.Infrastructure.LocalPostgres;
using Rfl.Testing;
using Rfl.TestRun;

var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
var root = new DirectoryInfo(AppContext.BaseDirectory);
while (!File.Exists(Path.Combine(root.FullName, "RFL.sln")))
    root = root.Parent ?? throw new InvalidOperationException("Run it from inside the repository.");

try
{
    await using var cluster = await PostgresCluster.StartAsync();
    var places = new SemaphoreSlim(Environment.ProcessorCount);
    var results = await Task.WhenAll(TestProject.FindAll(root.FullName, configuration).Select(async project =>
    {
        await places.WaitAsync();
        try
        {
            return await project.RunAsync(args, cluster.ConnectionString);
        }
        finally
        {
            places.Release();
        }
    }));
    var total = results.Aggregate(Totals.None, (sum, result) => sum + result);
    Console.WriteLine(total);
    return total.Failed == 0 && total.Passed > 0 ? 0 : 1;
}
catch (LocalPostgresException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
