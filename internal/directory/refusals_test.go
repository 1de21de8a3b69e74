package directory

import (
	"encoding/base64"
	"fmt"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

func refused(token, page string) SignInInput {
	return SignInInput{Credential: Credential{Door: chat.DoorSDK, Presented: true, Token: token}, Page: page}
}

func TestRefusalsAreGrouped(t *testing.T) {
	t.Parallel()
	var r Refusals
	now := time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)
	token := base64.RawURLEncoding.EncodeToString([]byte(`{"kid":"app_1"}`)) + ".e30.x"
	expired := chat.InvalidAuth(chat.ReasonTokenExpired, "exp", "The token has expired.", "Issue a fresh one.")
	r.note("a", refused(token, "https://shop.example"), expired, now)
	r.note("a", refused(token, "https://shop.example"), expired, now.Add(time.Minute))
	r.note("a", refused(token, "https://blog.example"), expired, now.Add(time.Hour))
	r.note("a", refused("x", ""), expired, now.Add(time.Second))
	r.note("b", refused(token, ""), expired, now)
	r.note("a", refused(token, ""), fmt.Errorf("the disk is gone"), now)
	r.note("a", SignInInput{}, expired, now)

	all := r.List("a")
	if len(all) != 3 || all[0].Page != "https://blog.example" || all[0].Count != 1 {
		t.Fatalf("%+v", all)
	}
	all = all[1:]
	if all[0].Count != 2 || all[0].Key != "app_1" || all[0].Page != "https://shop.example" || !all[0].First.Equal(now) || !all[0].Last.Equal(now.Add(time.Minute)) {
		t.Fatalf("%+v", all)
	}
	if why := all[0].Why; why.Reason != chat.ReasonTokenExpired || why.Field != "exp" || why.Cure != "Issue a fresh one." {
		t.Errorf("why: %+v", why)
	}
	if all[1].Key != "" || all[1].Count != 1 {
		t.Errorf("%+v", all[1])
	}
}

func TestRefusalsHaveABound(t *testing.T) {
	t.Parallel()
	var r Refusals
	now := time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)
	for i := range maxRefusals + 10 {
		why := chat.InvalidAuth(chat.ReasonClaimInvalid, fmt.Sprint("claim ", i), "It is wrong.", "")
		r.note("a", refused("x", ""), why, now.Add(time.Duration(i)*time.Second))
	}
	all := r.List("a")
	if len(all) != maxRefusals || all[len(all)-1].Why.Field != "claim 10" {
		t.Errorf("%d are kept, the oldest is %q", len(all), all[len(all)-1].Why.Field)
	}
}
