package wire

import (
	"image/color"
	"strings"

	"github.com/boombuler/barcode/qr"

	"github.com/parlorchat/parlor/internal/chat"
)

// StepCookie is the name of the cookie that holds a second step.
const StepCookie = "__Host-parlor-console-step"

// Factors tells what an account asks for beside the password.
type Factors struct {
	TOTP          bool  `json:"totp"`
	RecoveryCodes int64 `json:"recoveryCodes"` // that are left
	Passkeys      int64 `json:"passkeys"`
}

// FactorsOf are the factors of an account.
func FactorsOf(f chat.Factors) Factors { return Factors(f) }

// SecondStep is the answer to a right password that does not open the account alone.
type SecondStep struct {
	Step Step `json:"step"`
}

// Step is what is asked for, and until when.
type Step struct {
	Factors   Factors `json:"factors"`
	ExpiresAt Time    `json:"expiresAt"`
}

// Proof is the body that shows the password again, and a code where the account has a second factor.
type Proof struct {
	Password string `json:"password"`
	Code     string `json:"code"`
}

// Code is the body that shows a code: of the phone, or for recovery where one may be.
type Code struct {
	Code string `json:"code"`
}

// TOTPSetUp is what a phone has to be told. It is shown this once.
type TOTPSetUp struct {
	Secret  string   `json:"secret"`
	Address string   `json:"address"` // otpauth://…
	QR      []string `json:"qr"`      // the address as a QR code: its rows, in which # is dark
}

// TOTPSetUpOf is a secret and the address that holds it.
func TOTPSetUpOf(secret, address string) (TOTPSetUp, error) {
	code, err := qr.Encode(address, qr.M, qr.Auto)
	if err != nil {
		return TOTPSetUp{}, err
	}
	side := code.Bounds().Dx()
	rows := make([]string, side)
	for y := range rows {
		var row strings.Builder
		for x := range side {
			if code.At(x, y) == color.Black {
				row.WriteByte('#')
			} else {
				row.WriteByte('.')
			}
		}
		rows[y] = row.String()
	}
	return TOTPSetUp{Secret: secret, Address: address, QR: rows}, nil
}

// RecoveryCodes are codes that are shown this once; none where the account has some already.
type RecoveryCodes struct {
	RecoveryCodes []string `json:"recoveryCodes"`
}

// RecoveryCodesOf are the codes.
func RecoveryCodesOf(codes []string) RecoveryCodes {
	return RecoveryCodes{RecoveryCodes: append([]string{}, codes...)}
}
