import type { Door } from '../api.ts';

export const languages = { page: 'HTML', node: 'Node', python: 'Python', php: 'PHP', go: 'Go' };
export type Language = keyof typeof languages;

/** What is filled in: what the app at hand is called, and where. */
export interface Blanks {
  server: string;
  app: string;
  integration: string;
  /** Of the door `sdk`, whose tokens name their key. */
  key: string;
  /** Of the door `jsm`. */
  portal: string;
}

/** How tokens of a door are made: as examples/README.md has them. */
interface Form {
  lifeSeconds: number;
  namesKey: boolean;
  /** In the words of a language: the claims beside `iat` and `exp`. */
  claims: Record<Exclude<Language, 'page'>, string>;
}

const minute = 60;

const forms: Record<Door, Form> = {
  sdk: {
    lifeSeconds: 15 * minute,
    namesKey: true,
    claims: {
      node: `scope: 'user', external_id: String(user.id)`,
      python: `"scope": "user", "external_id": str(user.id)`,
      php: `'scope' => 'user', 'external_id' => (string) $user->id`,
      go: `"scope": "user", "external_id": user.ID`,
    },
  },
  code: {
    lifeSeconds: 60 * minute,
    namesKey: false,
    claims: {
      node: `user: { id: String(user.id), email: user.email, name: user.name }`,
      python: `"user": {"id": str(user.id), "email": user.email, "name": user.name}`,
      php: `'user' => ['id' => (string) $user->id, 'email' => $user->email, 'name' => $user->name]`,
      go: `"user": map[string]any{"id": user.ID, "email": user.Email, "name": user.Name}`,
    },
  },
  jsm: {
    lifeSeconds: 5 * minute,
    namesKey: false,
    claims: {
      node: `email: user.email, displayName: user.name`,
      python: `"email": user.email, "displayName": user.name`,
      php: `'email' => $user->email, 'displayName' => $user->name`,
      go: `"email": user.Email, "displayName": user.Name`,
    },
  },
};

/** Lines to copy: for the page, or for the server that signs. */
export function snippet(door: Door, language: Language, blanks: Blanks): string {
  return language === 'page' ? pages[door](blanks) : signers[language](forms[door], blanks);
}

const pages: Record<Door, (blanks: Blanks) => string> = {
  sdk: ({ server, integration }) => `<script src="${server}/smooch.js"></script>
<script>
  const chatToken = async () => (await (await fetch('/chat-token')).json()).token;

  Smooch.init({ integrationId: '${integration}', delegate: { onInvalidAuth: chatToken } })
    .then(async () => Smooch.login('ID OF YOUR USER', await chatToken()));
</script>`,
  code: ({ server, app }) => `<!-- In your page: your server writes the token into it. -->
<script defer src="${server}/widget.js"
        data-app-id="${app}" data-external-auth-code="TOKEN"></script>

<!-- Or a personal link, which opens the chat by itself. -->
<a href="${server}/chat/${app}#externalAuthCode=TOKEN">Chat with us</a>`,
  jsm: ({ server, portal }) => `<script>
  window.spartezSupportChat = {
    portal: ${portal || 'NUMBER OF YOUR PORTAL'},
    initCallback: async () => {
      const { token } = await (await fetch('/chat-token')).json();
      await window.spartezSupportChat.sso.login(token);
    },
  };
</script>
<script src="${server}/chat.js"></script>`,
};

const signers: Record<Exclude<Language, 'page'>, (form: Form, blanks: Blanks) => string> = {
  node: ({ claims, lifeSeconds, namesKey }, { key }) => `import { createHmac } from 'node:crypto';

const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

// For the user who is signed in with you. Never in the browser.
export function chatToken(user, secret = process.env.PARLOR_SECRET) {
  const now = Math.floor(Date.now() / 1000);
  const header = { alg: 'HS256', typ: 'JWT'${namesKey ? `, kid: '${key}'` : ''} };
  const claims = { ${claims.node}, iat: now, exp: now + ${lifeSeconds} };
  const text = \`\${part(header)}.\${part(claims)}\`;
  return \`\${text}.\${createHmac('sha256', secret).update(text).digest('base64url')}\`;
}`,
  python: ({ claims, lifeSeconds, namesKey }, { key }) => `import base64, hashlib, hmac, json, os, time

def part(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

# For the user who is signed in with you. Never in the browser.
def chat_token(user, secret=os.environ.get("PARLOR_SECRET", "")) -> str:
    now = int(time.time())
    header = {"alg": "HS256", "typ": "JWT"${namesKey ? `, "kid": "${key}"` : ''}}
    claims = {${claims.python}, "iat": now, "exp": now + ${lifeSeconds}}
    text = part(json.dumps(header).encode()) + "." + part(json.dumps(claims).encode())
    return text + "." + part(hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest())`,
  php: ({ claims, lifeSeconds, namesKey }, { key }) => `<?php
function part(string $bytes): string
{
    return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
}

// For the user who is signed in with you. Never in the browser.
function chatToken(object $user, string $secret): string
{
    $now = time();
    $header = ['alg' => 'HS256', 'typ' => 'JWT'${namesKey ? `, 'kid' => '${key}'` : ''}];
    $claims = [${claims.php}, 'iat' => $now, 'exp' => $now + ${lifeSeconds}];
    $text = part(json_encode($header)) . '.' . part(json_encode($claims));
    return $text . '.' . part(hash_hmac('sha256', $text, $secret, true));
}`,
  go: ({ claims, lifeSeconds, namesKey }, { key }) => `import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"time"
)

// ChatToken is for the user who is signed in with you. Never in the browser.
func ChatToken(user User, secret string) string {
	now := time.Now().Unix()
	header, _ := json.Marshal(map[string]any{"alg": "HS256", "typ": "JWT"${namesKey ? `, "kid": "${key}"` : ''}})
	claims, _ := json.Marshal(map[string]any{${claims.go}, "iat": now, "exp": now + ${lifeSeconds}})
	part := base64.RawURLEncoding.EncodeToString
	text := part(header) + "." + part(claims)
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(text))
	return text + "." + part(mac.Sum(nil))
}`,
};
