package sqlstore

import (
	"fmt"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

const happeningQuery = `SELECT h.app_id, h.conversation_id, h.id, h.ordinal, h.type, h.by_agent, COALESCE(b.name, ''),
	h.to_agent, COALESCE(a.name, ''), h.team, COALESCE(t.name, ''), h.until, h.tags, h.at
	FROM happenings h LEFT JOIN agents b ON b.id = h.by_agent LEFT JOIN agents a ON a.id = h.to_agent
	LEFT JOIN teams t ON t.id = h.team `

func scanHappening(row scanner, h *chat.Happening) error {
	return row.Scan((*string)(&h.App), (*string)(&h.Conversation), (*string)(&h.ID), &h.Ordinal, (*string)(&h.Type),
		(*string)(&h.By.ID), &h.By.Name, (*string)(&h.To.ID), &h.To.Name, (*string)(&h.Team.ID), &h.Team.Name, (*timeValue)(&h.Until), (*namesValue)(&h.Tags), (*timeValue)(&h.At))
}

func (t *tx) InsertHappening(h chat.Happening) error {
	const doing = "insert happening"
	tags, err := names(h.Tags)
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	_, err = t.exec(doing, `INSERT INTO happenings (app_id, conversation_id, id, ordinal, type, by_agent, to_agent, until, tags, at, team)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`, string(h.App), string(h.Conversation), string(h.ID), h.Ordinal,
		string(h.Type), string(h.By.ID), string(h.To.ID), micros(h.Until), tags, micros(h.At), string(h.Team.ID))
	return err
}

func (t *tx) ListHappenings(page store.ItemPage) ([]chat.Happening, error) {
	return listItems(t, "list happenings", scanHappening, happeningQuery+`WHERE h.conversation_id = $1 AND h.app_id = $2 AND h.ordinal`, page)
}
