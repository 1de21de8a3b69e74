package chat

import (
	"slices"
	"strings"
)

// How many digits a payment card's number has (ISO/IEC 7812-1), and how many of them stay readable.
const (
	minCardDigits  = 13
	maxCardDigits  = 19
	shownOfACard   = 4
	cardSeparators = " -"
)

// WithoutCardNumbers returns the content with MaskCardNumbers in what a user writes, texts and the answers of a form, and
// whether there was one.
func (c Content) WithoutCardNumbers() (content Content, found bool) {
	mask := func(text string) string {
		masked := MaskCardNumbers(text)
		found = found || masked != text
		return masked
	}
	c.Text, c.HTML, c.Markdown = mask(c.Text), mask(c.HTML), mask(c.Markdown)
	if c.Form != nil {
		form := *c.Form
		form.Fields = slices.Clone(form.Fields)
		for i := range form.Fields {
			form.Fields[i].Text = mask(form.Fields[i].Text)
		}
		c.Form = &form
	}
	return c, found
}

// MaskCardNumbers puts "*" for all but the last four digits of each payment card's number in a text: 13 to 19 digits in
// one piece or in groups with a space or hyphen between, which begin as those of card networks do and have the right
// check digit. Other long numbers, such as most of orders and telephones, stay.
func MaskCardNumbers(text string) string {
	var masked []byte
	for i := 0; i < len(text); i++ {
		if !isDigit(text[i]) || i > 0 && isDigit(text[i-1]) {
			continue
		}
		end := cardNumber(text[i:])
		if end == 0 {
			continue
		}
		if masked == nil {
			masked = []byte(text)
		}
		hide(masked[i : i+end])
		i += end - 1
	}
	if masked == nil {
		return text
	}
	return string(masked)
}

// cardNumber returns how many bytes of the text, which begins with a digit, are a card's number: the longest one; or 0.
func cardNumber(text string) (length int) {
	if text[0] < '2' || text[0] > '6' {
		return 0
	}
	var digits [maxCardDigits]byte
	n := 0
	for i := 0; i < len(text); i++ {
		switch {
		case isDigit(text[i]):
			if n == maxCardDigits {
				return length
			}
			digits[n] = text[i] - '0'
			n++
			if ends := i+1 == len(text) || !isDigit(text[i+1]); ends && n >= minCardDigits && checks(digits[:n]) {
				length = i + 1
			}
		case !strings.ContainsRune(cardSeparators, rune(text[i])) || i+1 == len(text) || !isDigit(text[i+1]):
			return length
		}
	}
	return length
}

// checks tells whether the last digit is the check digit of the others (ISO/IEC 7812-1, annex B: Luhn's formula).
func checks(digits []byte) bool {
	sum := 0
	for i, digit := range digits {
		d := int(digit)
		if (len(digits)-i)%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// hide masks all digits but the last ones.
func hide(number []byte) {
	shown := 0
	for i := len(number) - 1; i >= 0; i-- {
		if !isDigit(number[i]) {
			continue
		}
		if shown++; shown > shownOfACard {
			number[i] = '*'
		}
	}
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }
