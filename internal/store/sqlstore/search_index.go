package sqlstore

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/tokens"
)

// tokenIndex keeps tokens in the index for words that a database has of its own: one of the few things that differ between the two.
type tokenIndex interface {
	// put stores a row with its tokens, and tells with false that its place is taken.
	put(t *tx, row searchRow) (bool, error)
	// drop removes the rows that the condition names, and their tokens.
	drop(t *tx, condition string, args ...any) error
	// find returns the places between two of users, or of what was said, that have all the terms, the highest first.
	find(t *tx, users bool, terms []tokens.Term, above, below int64, limit int) ([]int64, error)
}

// sqliteTokens keeps them in FTS5 (https://www.sqlite.org/fts5.html). Its tokenizer for ASCII takes all that our tokens are made of as it
// is: letters, digits, and whatever is not ASCII. Beginnings of what was said have an index of their own; in it, as in tokens, count the ordinal and
// the sign after it.
type sqliteTokens struct{}

func (sqliteTokens) put(t *tx, row searchRow) (bool, error) {
	affected, err := t.exec("index", `INSERT INTO search (id, kind, subject, number) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING`,
		row.place, row.kind, row.subject, row.number)
	if err != nil || affected == 0 {
		return false, err
	}
	_, err = t.exec("index tokens", `INSERT INTO `+ftsOf(row.kind == "user")+` (rowid, tokens) VALUES ($1, $2)`, row.place, strings.Join(row.tokens, " "))
	return true, err
}

func ftsOf(users bool) string {
	if users {
		return "search_users"
	}
	return "search_said"
}

// drop looks first: FTS5 writes out what a transaction has given it before each statement that removes something.
func (sqliteTokens) drop(t *tx, condition string, args ...any) error {
	if _, found, err := find(t, "find what is indexed", scanNumber, `SELECT id FROM search WHERE `+condition+` LIMIT 1`, args...); err != nil || !found {
		return err
	}
	for _, users := range []bool{true, false} {
		if _, err := t.exec("drop tokens", `DELETE FROM `+ftsOf(users)+` WHERE rowid IN (SELECT id FROM search WHERE `+condition+`)`, args...); err != nil {
			return err
		}
	}
	_, err := t.exec("unindex", `DELETE FROM search WHERE `+condition, args...)
	return err
}

func (sqliteTokens) find(t *tx, users bool, terms []tokens.Term, above, below int64, limit int) ([]int64, error) {
	table := ftsOf(users)
	return list(t, "find tokens", scanNumber, `SELECT rowid FROM `+table+` WHERE `+table+` MATCH $1 AND rowid > $2 AND rowid < $3
		ORDER BY rowid DESC LIMIT $4 + 0`, expression(terms, `"`, `"*`, " AND "), above, below, limit)
}

// postgresTokens keeps them in a tsvector, made by no text search configuration: the tokens are its lexemes as they are.
type postgresTokens struct{}

func (postgresTokens) put(t *tx, row searchRow) (bool, error) {
	affected, err := t.exec("index", `INSERT INTO search (id, kind, subject, number, tokens)
		VALUES ($1, $2, $3, $4, array_to_tsvector(string_to_array($5, ' '))) ON CONFLICT (id) DO NOTHING`,
		row.place, row.kind, row.subject, row.number, strings.Join(row.tokens, " "))
	return affected > 0, err
}

func (postgresTokens) drop(t *tx, condition string, args ...any) error {
	_, err := t.exec("unindex", `DELETE FROM search WHERE `+condition, args...)
	return err
}

// newest is how many rows are looked through before the index is asked. Of a token that everybody has, the index finds all rows, while a page
// of them is among the newest.
const newest = "2000"

// find asks the index of tokens in such a way that it is not passed over for that of ids.
func (postgresTokens) find(t *tx, _ bool, terms []tokens.Term, above, below int64, limit int) ([]int64, error) {
	query := expression(terms, `'`, `':*`, " & ")
	found, err := list(t, "find tokens among the newest", scanNumber, `SELECT id FROM (SELECT id, tokens FROM search WHERE id > $2 AND id < $3
		ORDER BY id DESC LIMIT `+newest+`) AS newest WHERE tokens @@ $1::tsquery ORDER BY id DESC LIMIT $4 + 0`, query, above, below, limit)
	if err != nil || len(found) == limit {
		return found, err
	}
	return list(t, "find tokens", scanNumber, `SELECT id FROM search WHERE tokens @@ $1::tsquery AND id + 0 > $2 AND id + 0 < $3
		ORDER BY id + 0 DESC LIMIT $4 + 0`, query, above, below, limit)
}

// expression asks for all of the terms; tokens hold no quotes.
func expression(terms []tokens.Term, quote, beginning, and string) string {
	all := make([]string, len(terms))
	for i, term := range terms {
		end := quote
		if term.Beginning {
			end = beginning
		}
		all[i] = quote + term.Text + end
	}
	return strings.Join(all, and)
}

// What tokens begin with, after the ordinal of the app.
const (
	ofUsers = "‡"
	ofSaid  = "†"
)

// index stores a row with the tokens in the app's own name, and tells with false that its place is taken. What has no tokens is not stored.
func (t *tx) index(row searchRow) (bool, error) {
	if len(row.tokens) == 0 {
		return true, nil
	}
	mark, err := t.markOf(row.app, row.kind == "user")
	if err != nil {
		return false, err
	}
	own := make([]string, len(row.tokens))
	for i, token := range row.tokens {
		own[i] = mark + token
	}
	row.tokens = own
	return t.db.tokens().put(t, row)
}

// indexSaid stores what was said, each row at its place or, where that is taken, at a free one above. Rows of the same subject keep their order. It goes by
// places, as FTS5 writes out all that it holds before it takes a row below the last one.
func (t *tx) indexSaid(rows []searchRow) error {
	slices.SortFunc(rows, func(a, b searchRow) int { return cmp.Compare(a.place, b.place) })
	last := make(map[string]int64)
	for _, row := range rows {
		row.place = max(row.place, last[row.subject]+1)
		for among := int64(1) << saidBits; ; among *= 4 {
			stored, err := t.index(row)
			if err != nil {
				return err
			}
			if stored {
				break
			}
			row.place += 1 + rand.Int64N(among)
		}
		last[row.subject] = row.place
	}
	return nil
}

// saidBits and userBits are how many bits of a place what was said has within a microsecond, and users have within an app.
const (
	saidBits = 8
	userBits = 40
)

// placeOfSaid is one for what was said at the time, above another: most likely nobody has it, though of imports any number may be of the same time.
func placeOfSaid(at time.Time, above int64) int64 {
	return max(micros(at)<<saidBits, above+1) + rand.Int64N(1<<saidBits)
}

func (t *tx) placeOfUser(app chat.AppID, number int64) (int64, error) {
	ordinal, err := t.ordinal(app)
	return ordinal<<userBits + number, err
}

func (t *tx) markOf(app chat.AppID, users bool) (string, error) {
	ordinal, err := t.ordinal(app)
	if users {
		return strconv.FormatInt(ordinal, 36) + ofUsers, err
	}
	return strconv.FormatInt(ordinal, 36) + ofSaid, err
}

// ordinal is the number of an app, which is asked for once in a transaction.
func (t *tx) ordinal(app chat.AppID) (int64, error) {
	if ordinal, ok := t.ordinals[app]; ok {
		return ordinal, nil
	}
	ordinal, err := get(t, "app", "number app", scanNumber, `SELECT ordinal FROM apps WHERE id = $1`, string(app))
	if err != nil {
		return 0, err
	}
	if t.ordinals == nil {
		t.ordinals = make(map[chat.AppID]int64, 1)
	}
	t.ordinals[app] = ordinal
	return ordinal, nil
}
