package auth

import (
	"encoding/base64"
	"encoding/json"
	"os"
	"testing"

	"github.com/parlorchat/parlor/internal/chat"
)

// signatureHolds runs the checks of form, header and signature on a token whose payload need not be claims.
func signatureHolds(token string, secret []byte) error {
	e := &examination{text: token, now: now, candidates: []*signingKey{{Key: chat.Key{Alg: chat.SigningAlg}, secret: secret}}}
	for _, check := range formChecks {
		if err := check.run(e); err != nil {
			return err
		}
	}
	if err := e.checkAlg(); err != nil {
		return err
	}
	return e.checkSignature()
}

func TestVectors(t *testing.T) {
	t.Parallel()
	for _, vector := range vectors {
		t.Run(vector.name, func(t *testing.T) {
			t.Parallel()
			if err := signatureHolds(vector.token, []byte(vectorSecret)); (err == nil) != vector.valid {
				t.Errorf("valid %v, got %v", vector.valid, err)
			}
		})
	}
}

// contradictory are cases of the Wycheproof file that contradict themselves: 367 and 370 call invalid the very bytes
// that 357 calls valid; 372 and 373 call valid what has characters outside of base64url in it.
var contradictory = map[int]bool{367: true, 370: true, 372: true, 373: true}

// TestWycheproof runs the HS256 cases of Project Wycheproof (testdata/wycheproof).
func TestWycheproof(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/wycheproof/json_web_signature_test.json")
	if err != nil {
		t.Fatal(err)
	}
	type key struct{ Alg, K, Kty string }
	var file struct {
		TestGroups []struct {
			Private, Public key
			Tests           []struct {
				TcID    int `json:"tcId"`
				Comment string
				JWS     any
				Result  string
			}
		}
	}
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	run := 0
	for _, group := range file.TestGroups {
		if group.Private.Kty != "oct" || group.Private.Alg != chat.SigningAlg {
			continue
		}
		secret, err := base64.RawURLEncoding.DecodeString(group.Private.K)
		if err != nil {
			t.Fatal(err)
		}
		for _, test := range group.Tests {
			token, isText := test.JWS.(string)
			if !isText || contradictory[test.TcID] {
				continue
			}
			run++
			if err := signatureHolds(token, secret); (err == nil) != (test.Result == "valid") {
				t.Errorf("case %d (%s) is %s, got %v", test.TcID, test.Comment, test.Result, err)
			}
		}
	}
	if run == 0 {
		t.Error("the file has no HS256 case")
	}
	t.Logf("%d cases of Wycheproof agree, %d left out as contradicting themselves", run, len(contradictory))
}
