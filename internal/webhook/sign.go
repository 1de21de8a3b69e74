package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/seal"
)

// secrets are those of a webhook that are good at a time, the newest first.
func secrets(master *seal.Master, w chat.Webhook, now time.Time) ([]string, error) {
	boxes := [][]byte{w.Sealed}
	if len(w.Former) > 0 && now.Before(w.FormerUntil) {
		boxes = append(boxes, w.Former)
	}
	var open []string
	for _, box := range boxes {
		secret, err := master.Open(seal.WebhookSecret(w.App, w.ID), box)
		if err != nil {
			return nil, fmt.Errorf("open secret of webhook %s: %w", w.ID, err)
		}
		open = append(open, string(secret))
	}
	return open, nil
}

// sign sets the headers that tell the receiver who calls: X-API-Key as the documented service has it, and those of
// Standard Webhooks 1.0. During a rotation X-API-Key still holds the old secret, and there are two signatures.
func sign(h http.Header, id string, body []byte, secrets []string, now time.Time) {
	timestamp := strconv.FormatInt(now.Unix(), 10)
	var signatures []string
	for _, secret := range secrets {
		signatures = append(signatures, "v1,"+signature(secret, id, timestamp, body))
	}
	h.Set("X-API-Key", secrets[len(secrets)-1])
	h.Set("webhook-id", id)
	h.Set("webhook-timestamp", timestamp)
	h.Set("webhook-signature", strings.Join(signatures, " "))
}

// signature is the HMAC-SHA256 of "id.timestamp.body" under the bytes that the secret stands for.
func signature(secret, id, timestamp string, body []byte) string {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		key = []byte(secret)
	}
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%s.%s.", id, timestamp)
	mac.Write(body)
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// requestID names a request by what it holds: the same events, sent again, have the same id; a request that has grown
// meanwhile has another, so that no receiver takes it for the one that it knows.
func requestID(batch []chat.Delivery) string {
	sum := sha256.New()
	for _, d := range batch {
		sum.Write([]byte(d.ID))
	}
	return "msg_" + hex.EncodeToString(sum.Sum(nil)[:12])
}
