package tokens

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestMessagesAreFound(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		text  string
		finds []string
		not   []string
	}{
		"words":           {"Where is my order?", []string{"order", "ORDER where", "ord", "is", "w"}, []string{"rder", "orders", "ord where", "here"}},
		"umlauts":         {"Die Straße ist schön", []string{"strasse", "STRASSE", "schon", "schön", "straße"}, []string{"strase"}},
		"decomposed":      {"cafe\u0301 Zoe\u0308", []string{"café", "cafe", "zoë"}, nil},
		"Turkish":         {"Isparta'dan ISPARTA, İzmir ve Diyarbakır", []string{"ısparta", "isparta", "İSPARTA", "izmir", "diyarbakir", "DİYARBAKIR"}, []string{"zmir"}},
		"Scandinavian":    {"smørrebrød på Ærø, Łódź", []string{"smorrebrod", "pa", "aero", "lodz"}, nil},
		"Greek, Cyrillic": {"Καλημέρα Οδυσσεύς, ещё Йод", []string{"καλημερα", "οδυσσευσ", "ΟΔΥΣΣΕΎΣ", "еще", "иод"}, nil},
		"Japanese":        {"注文番号を確認してください。ｶﾞｲﾄﾞ", []string{"注文", "番号", "確認して", "号", "い", "ガイド", "注文 確認"}, []string{"文注", "が", "かいと", "注番"}},
		"long vowels":     {"サーバーエラー", []string{"サーバー", "エラー", "ー"}, []string{"サバ"}},
		"Chinese":         {"我要退款，请问怎么办", []string{"退款", "款", "怎么办", "我要退款"}, []string{"款请", "退怎"}},
		"Korean":          {"주문을 취소하고 싶어요", []string{"주문", "취소", "문을", "취소하고"}, []string{"문취"}},
		"Thai":            {"ขอคืนเงินได้ไหม", []string{"คืนเงิน", "เงิน"}, []string{"เงินคืน"}},
		"Arabic":          {"أُريدُ إلغاء الطلـــب", []string{"اريد", "أريد", "الغاء", "الطلب", "الط"}, []string{"لطلب"}},
		"Hebrew":          {"שָׁלוֹם", []string{"שלום"}, nil},
		"Hindi":           {"ऑर्डर कहाँ है", []string{"ऑर्डर", "कहाँ"}, []string{"डर"}},
		"full width":      {"ＡＢＣ１２３ ﬁne", []string{"abc123", "fine"}, nil},
		"addresses":       {"Write to Ana.Lopez+shop@example.com", []string{"ana.lopez+shop@example.com", "lopez", "example com", "ana@example.com"}, []string{"ana@other.com"}},
		"mixed":           {"iPhone15を3台", []string{"iphone15", "を", "3", "台", "iphone15を"}, []string{"phone"}},
		"soft hyphens":    {"Donau\u00addampf \u200bschiff", []string{"donaudampf", "schiff"}, nil},
		"a long word":     {strings.Repeat("a", 60), []string{strings.Repeat("a", 50), strings.Repeat("A", 60), "aa"}, []string{strings.Repeat("a", 61)}},
	} {
		all := OfMessage(test.text)
		for _, query := range test.finds {
			q := Parse(query)
			if !hasAll(all, q.ForMessages()) {
				t.Errorf("%s: the index does not find %q: %v in %q", name, query, q.ForMessages(), all)
			}
			if _, ok := q.Message(test.text); !ok {
				t.Errorf("%s: the text does not match %q", name, query)
			}
		}
		for _, query := range test.not {
			q := Parse(query)
			if _, ok := q.Message(test.text); ok && hasAll(all, q.ForMessages()) {
				t.Errorf("%s: %q is found", name, query)
			}
		}
	}
}

func TestUsersAreFound(t *testing.T) {
	t.Parallel()
	names := []string{"Müller, Änne", "anne.mueller@example.com", "cust-00af42", "佐藤 花子", "김민수", "Li"}
	all := OfUser(names...)
	for _, query := range []string{"müller", "ulle", "mueller@ex", "anne mul", "an", "a", "00af", "cust-00af42", "佐藤", "花", "藤", "민수", "li", "l", "xample"} {
		if q := Parse(query); !hasAll(all, q.ForUsers()) || !q.User(names...) {
			t.Errorf("%q does not find %q: %v in %q", query, names, q.ForUsers(), all)
		}
	}
	for _, query := range []string{"ne", "mullex", "藤花", "anna", "lix", "ann ller x"} {
		if q := Parse(query); hasAll(all, q.ForUsers()) && q.User(names...) {
			t.Errorf("%q finds %q", query, names)
		}
	}
	if q := Parse("annexa"); q.User("anne exa nexa") {
		t.Error("parts that stand apart are no name")
	}
}

func TestWhatHoldsNothing(t *testing.T) {
	t.Parallel()
	for _, query := range []string{"", " ", "?!", "…", "\u200b", "👍"} {
		if !Parse(query).Empty() {
			t.Errorf("%q is something to look for", query)
		}
	}
}

func TestExcerpt(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ text, query, want string }{
		"all of it":       {"Where is my order?", "order", "Where is my [order]?"},
		"each match":      {"order, Order and reorder", "order", "[order], [Order] and reorder"},
		"a beginning":     {"Straße und Straßen", "strasse", "[Straße] und [Straßen]"},
		"lines":           {"one\ntwo\tthree", "two", "one [two] three"},
		"a run":           {"请问怎么退款？", "退款", "请问怎么[退款]？"},
		"several":         {"東京の住所を東京都に", "東京 住所", "[東京]の[住所]を[東京]都に"},
		"a sign of four":  {"clause ⒇ of it", "20", "clause [⒇] of it"},
		"in the middle":   {strings.Repeat("before ", 20) + "here" + strings.Repeat(" after", 40), "here", "…before before before before before [here]" + strings.Repeat(" after", 20) + "…"},
		"nothing matches": {"a file", "", "a file"},
	} {
		spans, _ := Parse(test.query).Message(test.text)
		var got strings.Builder
		for _, part := range Excerpt(test.text, spans) {
			if part.Match {
				part.Text = "[" + part.Text + "]"
			}
			got.WriteString(part.Text)
		}
		if got.String() != test.want {
			t.Errorf("%s: got %q, want %q", name, got.String(), test.want)
		}
	}
}

func TestTokensAreBounded(t *testing.T) {
	t.Parallel()
	var words []string
	for i := range 3 * maxTokens {
		words = append(words, strings.Repeat("x", i%7)+string(rune('a'+i%26))+strings.Repeat("y", i/26%50)+string(rune('a'+i/1300)))
	}
	if n := len(OfMessage(strings.Join(words, " "))); n > maxTokens {
		t.Errorf("%d tokens", n)
	}
	if n := len(Parse(strings.Join(words, " ")).ForUsers()); n > maxTerms {
		t.Errorf("%d terms", n)
	}
}

// hasAll tells whether an index that has the tokens would find the terms.
func hasAll(tokens []string, terms []Term) bool {
	return !slices.ContainsFunc(terms, func(term Term) bool {
		return !slices.ContainsFunc(tokens, func(token string) bool {
			return token == term.Text || term.Beginning && strings.HasPrefix(token, term.Text)
		})
	})
}

// FuzzTokens: whatever a text is, its own words find it, tokens hold nothing that an index could take for its own signs, and an excerpt is a part of the text.
func FuzzTokens(f *testing.F) {
	for _, text := range []string{"Where is my order?", "Straße", "注文番号ｶﾞｲﾄﾞ", "주문을 취소", "أُريدُ", "ana.lopez@example.com", "e\u0301\u0301", "ﷺ", "\xff\xfe", "ｰﾞ", "ก็", "ǅ ŉ ẖ", strings.Repeat("0", 23) + " ⒇" + strings.Repeat("0", 94)} {
		f.Add(text, 0, 5)
	}
	f.Fuzz(func(t *testing.T, text string, from, length int) {
		tokens := OfMessage(text)
		for _, token := range append(tokens, OfUser(text)...) {
			if token == "" || strings.ContainsAny(token, " \"'\\*:&|!()<>\x00") || !utf8.ValidString(token) {
				t.Errorf("token %q of %q", token, text)
			}
		}
		letters := []rune(text)
		if from < 0 || length < 0 || from > len(letters) || length > 200 {
			return
		}
		whole := Parse(text)
		if whole.Empty() {
			return
		}
		spans, ok := whole.Message(text)
		if !ok || !hasAll(tokens, whole.ForMessages()) || !hasAll(OfUser(text), whole.ForUsers()) || !whole.User(text) {
			if len(tokens) < maxTokens {
				t.Errorf("%q does not find itself: %v in %q", text, whole.ForMessages(), tokens)
			}
		}
		for _, span := range spans {
			if span.From < 0 || span.To > len(text) || span.From >= span.To {
				t.Fatalf("span %v of %q", span, text)
			}
		}
		Excerpt(text, spans)
		Parse(string(letters[from:min(from+length, len(letters))])).Message(text)
	})
}
