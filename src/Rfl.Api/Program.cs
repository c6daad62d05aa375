using Rfl.Api.Accounts;
using Rfl.Api.ApiKeys;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Operations;
using Rfl.Api.Pipeline;
using Rfl.Api.SigningIn;
using Rfl.Api.TracingRequests;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.LocalPostgres;

var builder = WebApplication.CreateBuilder(args);
await using var localDatabase = await builder.AddLocalDatabaseAsync();
builder.AddRflOperations();
builder.AddRflData();
builder.AddRflPipeline();
builder.AddRflHttp();
builder.Services.AddSigningIn(builder.Configuration).AddAccounts().AddApiKeys();
builder.Services.AddCasework();
builder.Services.AddTracingRequests();

await using var app = builder.Build();
await app.Services.StartDatabaseAsync();
app.UseRflHttp();
app.MapRflOperations();
var api = app.MapRflApi();
api.MapSigningIn().MapAccounts().MapApiKeys();
api.MapTracingRequests();
await app.RunAsync();
