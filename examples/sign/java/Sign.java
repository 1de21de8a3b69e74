// Prints a token that signs one of your users in at the chat: java Sign.java <external id>
//
// Call this on your backend, for the user whom your own session knows. Never in the browser: who has the secret can be
// any of your users.
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public class Sign {
    static final long LIFETIME = 15 * 60; // seconds

    static String sign(String externalId, String keyId, String secret) throws Exception {
        long now = Instant.now().getEpochSecond();
        String header = "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":" + quote(keyId) + "}";
        String claims = "{\"scope\":\"user\",\"external_id\":" + quote(externalId) + ",\"iat\":" + now + ",\"exp\":" + (now + LIFETIME) + "}";
        String text = part(header.getBytes(UTF_8)) + "." + part(claims.getBytes(UTF_8));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256")); // the secret is used as the text that it is: it is not decoded
        return text + "." + part(mac.doFinal(text.getBytes(UTF_8)));
    }

    // The standard library writes no JSON. Ids have no control characters, so that these two are all to escape.
    static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    static String part(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public static void main(String[] args) throws Exception {
        String keyId = System.getenv("PARLOR_KEY_ID"), secret = System.getenv("PARLOR_SECRET");
        if (keyId == null || keyId.isEmpty() || secret == null || secret.isEmpty() || args.length != 1 || args[0].isEmpty()) {
            System.err.println("Set PARLOR_KEY_ID and PARLOR_SECRET, and give the external id of a user.");
            System.exit(1);
        }
        System.out.println(sign(args[0], keyId, secret)); // your own id of the user, always a string
    }
}
