using Rfl.Api.AccessReplies;
using Rfl.Api.Accounts;
using Rfl.Api.ApiKeys;
using Rfl.Api.BlindQueries;
using Rfl.Api.Breaches;
using Rfl.Api.BreakGlass;
using Rfl.Api.Casework;
using Rfl.Api.Consents;
using Rfl.Api.DataSubjectRequests;
using Rfl.Api.DataSubjects;
using Rfl.Api.Deadlines;
using Rfl.Api.Disclosures;
using Rfl.Api.Enquirers;
using Rfl.Api.Figures;
using Rfl.Api.Http;
using Rfl.Api.Jobs;
using Rfl.Api.LogIntegrity;
using Rfl.Api.Mail;
using Rfl.Api.Matches;
using Rfl.Api.Operations;
using Rfl.Api.Partners;
using Rfl.Api.PartnerSearches;
using Rfl.Api.Pipeline;
using Rfl.Api.Policies;
using Rfl.Api.Reads;
using Rfl.Api.RegisteredPersons;
using Rfl.Api.Retentions;
using Rfl.Api.SigningIn;
using Rfl.Api.TracingRequests;
using Rfl.Api.Transfers;
using Rfl.Api.Views;
using Rfl.Api.Watch;
using Rfl.Infrastructure;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.LocalPostgres;

try
{
    return await CommandLine.RunAsync(args) ?? await ServeAsync(args);
}
catch (Exception refusal) when (refusal is MisconfigurationException or LocalPostgresException)
{
    await Console.Error.WriteLineAsync(refusal.Message);
    return 1;
}

static async Task<int> ServeAsync(string[] args)
{
    var builder = WebApplication.CreateBuilder(args);
    await using var localDatabase = await builder.AddLocalDatabaseAsync();
    builder.AddRflOperations();
    builder.AddRflData();
    builder.AddRflPipeline();
    builder.AddRflHttp();
    builder.Services.AddSigningIn(builder.Configuration).AddAccounts().AddApiKeys();
    builder.Services.AddCasework();
    builder.Services.AddTracingRequests();
    builder.Services.AddPartnerSearches();
    builder.Services.AddDisclosures();
    builder.Services.AddPartners();
    builder.Services.AddConsents();
    builder.Services.AddTransfers();
    builder.Services.AddRetentions();
    builder.Services.AddFigures();
    builder.Services.AddViews();
    builder.Services.AddPolicies();
    builder.Services.AddDeadlines();
    builder.Services.AddMail(builder.Configuration);
    builder.Services.AddJobs(builder.Configuration);
    builder.Services.AddLogIntegrity();
    builder.Services.AddRegisteredPersons();
    builder.Services.AddMatches();
    builder.Services.AddBlindQueries();
    builder.Services.AddDataSubjectRequests();
    builder.Services.AddDataSubjects();
    builder.Services.AddBreakGlass();
    builder.Services.AddWatch();
    builder.Services.AddBreaches();

    await using var app = builder.Build();
    await app.Services.StartDatabaseAsync();
    if (await app.ApplyErasuresAsync(args) is { } finished)
        return finished;
    app.UseRflHttp();
    app.MapRflOperations();
    var api = app.MapRflApi();
    api.MapGroup("").AboutAccountsOnly().MapSigningIn().MapAccounts().MapApiKeys();
    api.MapAccountReading();
    api.MapTracingRequests();
    api.MapPartnerSearches();
    api.MapDisclosures();
    api.MapPartners();
    api.MapEnquirers();
    api.MapConsents();
    api.MapTransfers();
    api.MapRetentions();
    api.MapFigures();
    api.MapViews();
    api.MapPolicies();
    api.MapDeadlines();
    api.MapJobs();
    api.MapLogIntegrity();
    api.MapRegisteredPersons();
    api.MapMatches();
    api.MapBlindQueries();
    api.MapReads();
    api.MapDataSubjectRequests();
    api.MapDataSubjects();
    api.MapBreakGlass();
    api.MapWatch();
    api.MapBreaches();
    api.MapAccessReplies();
    await app.RunAsync();
    return 0;
}
