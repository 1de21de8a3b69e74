package sqlstore

import (
	"math"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

const ratingColumns = `r.app_id, r.conversation_id, r.opened_at, r.form_id, r.agent_id, r.asked_at, r.value, r.rated_at, r.answer_id`

func scanRating(row scanner, r *chat.Rating) error {
	return row.Scan((*string)(&r.App), (*string)(&r.Conversation), (*timeValue)(&r.OpenedAt), (*string)(&r.Form), (*string)(&r.Agent),
		(*timeValue)(&r.AskedAt), &r.Value, (*timeValue)(&r.RatedAt), (*string)(&r.Answer))
}

func (t *tx) InsertRating(r chat.Rating) error {
	_, err := t.exec("insert rating", `INSERT INTO ratings (app_id, conversation_id, opened_at, form_id, agent_id, asked_at, value, rated_at, answer_id)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, string(r.App), string(r.Conversation), micros(r.OpenedAt), string(r.Form), string(r.Agent),
		micros(r.AskedAt), r.Value, micros(r.RatedAt), string(r.Answer))
	return err
}

func (t *tx) FindRating(app chat.AppID, conversation chat.ConversationID, openedAt time.Time) (chat.Rating, bool, error) {
	return find(t, "find rating", scanRating, `SELECT `+ratingColumns+` FROM ratings r WHERE r.conversation_id = $1 AND r.app_id = $2 AND r.opened_at = $3`,
		string(conversation), string(app), micros(openedAt))
}

func (t *tx) RateConversation(r chat.Rating) error {
	_, err := t.exec("rate conversation", `UPDATE ratings SET value = $4, rated_at = $5, answer_id = $6 WHERE conversation_id = $1 AND app_id = $2 AND form_id = $3`,
		string(r.Conversation), string(r.App), string(r.Form), r.Value, micros(r.RatedAt), string(r.Answer))
	return err
}

func (t *tx) DeleteRating(r chat.Rating) error {
	return t.execOn("rating", "delete rating", `DELETE FROM ratings WHERE conversation_id = $1 AND app_id = $2 AND opened_at = $3`,
		string(r.Conversation), string(r.App), micros(r.OpenedAt))
}

func (t *tx) ListRatingsAsked(page store.RatingPage) ([]chat.Rating, error) {
	return list(t, "list ratings asked", scanRating, `SELECT `+ratingColumns+` FROM ratings r
		WHERE r.app_id = $1 AND (r.asked_at, r.conversation_id) < ($2, $3) AND r.asked_at >= $4 ORDER BY r.asked_at DESC, r.conversation_id DESC LIMIT $5 + 0`,
		string(page.App), newestBefore(page), string(page.Before.Conversation), micros(page.From), page.Limit)
}

func (t *tx) ListRatings(page store.RatingPage) ([]chat.Rating, error) {
	return list(t, "list ratings", scanRating, `SELECT `+ratingColumns+` FROM ratings r
		WHERE r.app_id = $1 AND r.value > 0 AND (r.rated_at, r.conversation_id) < ($2, $3) AND r.rated_at >= $4 ORDER BY r.rated_at DESC, r.conversation_id DESC LIMIT $5 + 0`,
		string(page.App), newestBefore(page), string(page.Before.Conversation), micros(page.From), page.Limit)
}

// newestBefore is the time before which a page begins: the end of all time, unless it says.
func newestBefore(page store.RatingPage) int64 {
	if page.Before.At.IsZero() {
		return math.MaxInt64
	}
	return micros(page.Before.At)
}

func (t *tx) ListRatingsOfUser(app chat.AppID, user chat.UserID, limit int) ([]chat.Rating, error) {
	return list(t, "list ratings of user", scanRating, `SELECT `+ratingColumns+`
		FROM participants p JOIN ratings r ON r.conversation_id = p.conversation_id
		WHERE p.user_id = $1 AND r.app_id = $2 AND r.value > 0 ORDER BY r.rated_at DESC, r.conversation_id LIMIT $3`, string(user), string(app), limit)
}
