<?php
// Prints a token that signs one of your users in at the chat: php sign.php <external id>
//
// Call this on your backend, for the user whom your own session knows. Never in the browser: who has the secret can be
// any of your users.

declare(strict_types=1);

const LIFETIME = 15 * 60; // seconds

function sign(string $externalId, string $keyId, string $secret): string
{
    $now = time();
    $header = ['alg' => 'HS256', 'typ' => 'JWT', 'kid' => $keyId];
    $claims = ['scope' => 'user', 'external_id' => $externalId, 'iat' => $now, 'exp' => $now + LIFETIME];
    $text = part(json_encode($header, JSON_THROW_ON_ERROR)) . '.' . part(json_encode($claims, JSON_THROW_ON_ERROR));
    // The secret is used as the text that it is: it is not decoded.
    return $text . '.' . part(hash_hmac('sha256', $text, $secret, true));
}

function part(string $bytes): string
{
    return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
}

$keyId = (string) getenv('PARLOR_KEY_ID');
$secret = (string) getenv('PARLOR_SECRET');
$externalId = $argv[1] ?? ''; // your own id of the user, always a string: (string) $user->id
if ($keyId === '' || $secret === '' || $externalId === '') {
    fwrite(STDERR, "Set PARLOR_KEY_ID and PARLOR_SECRET, and give the external id of a user.\n");
    exit(1);
}
echo sign($externalId, $keyId, $secret), "\n";
