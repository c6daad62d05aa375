using Rfl.Api.SigningIn;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSigningIn(builder.Configuration);
var app = builder.Build();
app.UseRouting();
app.UseAuthentication();
app.UseRateLimiter();
app.UseAuthorization();
app.MapGroup("/api/v1").MapSigningIn();
app.Run();
