namespace Rfl.Testing;

/// <summary>Gives a test class a database of its own: <c>IClassFixture&lt;T&gt;</c> of a subclass that names its template and how to prepare it.</summary>
public abstract class DatabaseFixture(string template, Func<string, Task> prepare) : IAsyncLifetime
{
    private TestDatabase? database;

    public TestDatabase Database => database ?? throw new InvalidOperationException("The fixture has not been initialised.");

    public virtual async Task InitializeAsync() => database = await TestDatabase.CreateAsync(template, prepare);

    public virtual async Task DisposeAsync()
    {
        if (database is not null)
            await database.DisposeAsync();
    }
}
