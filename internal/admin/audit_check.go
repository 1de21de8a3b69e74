package admin

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// AuditMark is how far the audit log went once: the position of its last entry, with the hash. Kept elsewhere, it tells whether the log up to there was made
// anew as a whole, which the chain alone cannot.
type AuditMark struct {
	Position int64
	Hash     []byte
}

func (m AuditMark) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%d:%x", m.Position, m.Hash), nil
}

// UnmarshalText reads what MarshalText wrote.
func (m *AuditMark) UnmarshalText(text []byte) error {
	position, hash, _ := strings.Cut(string(text), ":")
	n, err := strconv.ParseInt(position, 10, 64)
	sum, failure := hex.DecodeString(hash)
	if err != nil || failure != nil || n < 1 || len(sum) != len(store.NoAudit()) {
		return errors.New("must be a mark that was printed before, such as 17:9f86d0…")
	}
	*m = AuditMark{n, sum}
	return nil
}

// AuditCheck is what was found along the audit log.
type AuditCheck struct {
	Checked   int64     // entries that fit, up to the end or the first break
	Unchained int64     // of them, those that are older than the chain: the first entry that is chained vouches for them
	Mark      AuditMark // the last of them
	Broken    int64     // the position of the first break, 0 for none
	Why       string    // what is wrong there
}

// auditPage is how many entries are looked at in one go.
const auditPage = 1000

// CheckAudits follows the audit log from its beginning and tells where it is not as it was written first. A mark of before, unless it is zero, must still be true.
func (s *Service) CheckAudits(ctx context.Context, p chat.Principal, noted AuditMark) (check AuditCheck, err error) {
	if err := mayManage(p); err != nil {
		return AuditCheck{}, err
	}
	err = s.store.Read(ctx, func(tx store.Tx) error {
		unchained, last, err := tx.AuditExtent()
		if err != nil {
			return err
		}
		walk := auditWalk{noted: noted, unchained: unchained, last: last, emptied: map[chat.AppID]int64{}}
		walk.Mark.Hash = store.NoAudit()
		err = walk.run(tx)
		check = walk.AuditCheck
		return err
	})
	return check, err
}

// auditWalk is a check on its way.
type auditWalk struct {
	AuditCheck
	noted           AuditMark
	unchained, last int64
	emptied         map[chat.AppID]int64 // the first entry of each app that was emptied, until one tells of its deletion
}

func (w *auditWalk) run(tx store.Tx) error {
	for {
		links, err := tx.ListAuditLinks(w.Mark.Position, auditPage)
		if err != nil {
			return err
		}
		for _, link := range links {
			if w.step(link); w.Broken > 0 {
				return nil
			}
		}
		if len(links) == 0 {
			w.end()
			return nil
		}
	}
}

// step looks at the next entry.
func (w *auditWalk) step(link store.AuditLink) {
	chained := link.Position > w.unchained
	if next := max(w.Mark.Position, w.unchained) + 1; chained && link.Position != next {
		w.breaks(next, "it is missing")
		return
	}
	hash := link.After(w.Mark.Hash)
	switch {
	case chained && !bytes.Equal(hash, link.Hash):
		w.breaks(link.Position, w.changed(link))
		return
	case link.Position == w.noted.Position && !bytes.Equal(hash, w.noted.Hash):
		w.breaks(link.Position, "the mark does not fit: the log up to here was made anew")
		return
	case link.Emptied() && w.emptied[link.App] == 0:
		w.emptied[link.App] = link.Position
	case link.App == "" && link.Action == "app.delete":
		delete(w.emptied, chat.AppID(link.Target))
	}
	w.Checked++
	w.Mark = AuditMark{link.Position, hash}
	if !chained {
		w.Unchained++
	}
}

// changed says what may have been changed where the hash of an entry is not what it must be.
func (w *auditWalk) changed(link store.AuditLink) string {
	if link.Position == w.unchained+1 && w.Unchained > 0 {
		return "it was changed, or one of those before it, for which it vouches"
	}
	return "it was changed"
}

// end looks at what no single entry tells.
func (w *auditWalk) end() {
	if reached := max(w.Mark.Position, w.unchained); reached < w.last {
		w.breaks(reached+1, "it is missing")
	} else if w.noted.Position > w.Mark.Position {
		w.breaks(w.Mark.Position+1, "it is missing: the mark is that of a later one")
	}
	for app, position := range w.emptied {
		if w.Broken == 0 || position < w.Broken {
			w.breaks(position, "it was emptied, and no entry says that the app "+string(app)+" was deleted")
		}
	}
}

func (w *auditWalk) breaks(position int64, why string) { w.Broken, w.Why = position, why }
