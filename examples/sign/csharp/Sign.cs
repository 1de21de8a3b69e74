// Prints a token that signs one of your users in at the chat: dotnet run Sign.cs -- <external id>
//
// Call this on your backend, for the user whom your own session knows. Never in the browser: who has the secret can be
// any of your users.
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

const long lifetime = 15 * 60; // seconds

string? keyId = Environment.GetEnvironmentVariable("PARLOR_KEY_ID"), secret = Environment.GetEnvironmentVariable("PARLOR_SECRET");
if (string.IsNullOrEmpty(keyId) || string.IsNullOrEmpty(secret) || args.Length != 1 || args[0] == "")
{
    Console.Error.WriteLine("Set PARLOR_KEY_ID and PARLOR_SECRET, and give the external id of a user.");
    return 1;
}
Console.WriteLine(Sign(args[0], keyId, secret)); // your own id of the user, always a string
return 0;

static string Sign(string externalId, string keyId, string secret)
{
    long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
    JsonObject header = new() { ["alg"] = "HS256", ["typ"] = "JWT", ["kid"] = keyId };
    JsonObject claims = new() { ["scope"] = "user", ["external_id"] = externalId, ["iat"] = now, ["exp"] = now + lifetime };
    string text = $"{Part(header.ToJsonString())}.{Part(claims.ToJsonString())}";
    // The secret is used as the text that it is: it is not decoded.
    return $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)))}";
}

static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
