package chat_test

import (
	"testing"

	"github.com/parlorchat/parlor/internal/chat"
)

// The numbers are those that card networks publish for tests.
func TestMaskCardNumbers(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"4111111111111111":                            "************1111",
		"my card: 4111 1111 1111 1111.":               "my card: **** **** **** 1111.",
		"3782-822463-10005 (Amex)":                    "****-******-*0005 (Amex)",
		"4111 1111 1111 1111 12/27":                   "**** **** **** 1111 12/27",
		"4111 1111 1111 1111 and 5555555555554444":    "**** **** **** 1111 and ************4444",
		"7 4111111111111111":                          "7 ************1111",
		"Карта 4012888888881881 ✓":                    "Карта ************1881 ✓",
		"<b>4111</b>":                                 "<b>4111</b>",
		"4111111111111112":                            "4111111111111112",     // a wrong check digit
		"41111111111111111111":                        "41111111111111111111", // too long
		"411111111111":                                "411111111111",
		"4111  1111 1111 1111":                        "4111  1111 1111 1111",
		"1111111111111117":                            "1111111111111117", // no network's
		"4222222222222":                               "*********2222",
		"":                                            "",
		"order 4111-1111-1111-1111, tel 030 12345678": "order ****-****-****-1111, tel 030 12345678",
	} {
		if got := chat.MaskCardNumbers(given); got != want {
			t.Errorf("%q becomes %q, want %q", given, got, want)
		}
	}
}
