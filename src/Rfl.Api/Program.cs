using Rfl.Api.Http;
using Rfl.Api.Operations;
using Rfl.Api.Pipeline;
using Rfl.Api.SigningIn;

var builder = WebApplication.CreateBuilder(args);
builder.AddRflOperations();
builder.AddRflPipeline();
builder.AddRflHttp();
builder.Services.AddSigningIn(builder.Configuration);

var app = builder.Build();
app.UseRflHttp();
app.MapRflOperations();
var api = app.MapRflApi();
api.MapSigningIn();
app.Run();
