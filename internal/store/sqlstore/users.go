package sqlstore

import (
	"fmt"
	"slices"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

const userColumns = `u.id, u.app_id, u.number, u.external_id, u.source, u.given_name, u.surname, u.email, u.avatar_url, u.locale,
	u.metadata, u.attributes, u.seat, u.signed_up_at, u.created_at, u.last_seen_at, u.tokens_valid_after, u.blocked_at, u.change`

func scanUser(row scanner, user *chat.User) error {
	p := &user.Profile
	return row.Scan((*string)(&user.ID), (*string)(&user.App), &user.Number, &user.ExternalID, (*string)(&user.Source),
		&p.GivenName, &p.Surname, &p.Email, &p.AvatarURL, &p.Locale,
		(*metadataValue)(&user.Metadata), (*metadataValue)(&user.Attributes), &user.Seat,
		(*timeValue)(&user.SignedUpAt), (*timeValue)(&user.CreatedAt), (*timeValue)(&user.LastSeenAt),
		(*timeValue)(&user.TokensValidAfter), (*timeValue)(&user.BlockedAt), &user.Change)
}

func (t *tx) InsertUser(user chat.User) error {
	const doing = "insert user"
	meta, attributes, err := userDocuments(user)
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	p := user.Profile
	affected, err := t.exec(doing, `INSERT INTO users
		(id, app_id, number, external_id, external_id_hash, source, given_name, surname, email, avatar_url, locale,
		 metadata, attributes, seat, signed_up_at, created_at, last_seen_at, tokens_valid_after, blocked_at, change)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
		ON CONFLICT DO NOTHING`,
		string(user.ID), string(user.App), user.Number, user.ExternalID, digest(user.ExternalID), string(user.Source),
		p.GivenName, p.Surname, p.Email, p.AvatarURL, p.Locale, meta, attributes, user.Seat,
		micros(user.SignedUpAt), micros(user.CreatedAt), micros(user.LastSeenAt),
		micros(user.TokensValidAfter), micros(user.BlockedAt), user.Change)
	if err == nil && affected == 0 {
		err = fmt.Errorf("%s: %w", doing, externalIDTaken())
	}
	return err
}

func userDocuments(user chat.User) (meta, attributes string, err error) {
	if meta, err = metadata(user.Metadata); err != nil {
		return "", "", err
	}
	attributes, err = metadata(user.Attributes)
	return meta, attributes, err
}

func externalIDTaken() *chat.Error {
	return conflict("externalId", "The external id belongs to another user.")
}

func (t *tx) UpdateUser(user *chat.User) error {
	const doing = "update user"
	meta, attributes, err := userDocuments(*user)
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	if user.ExternalID != "" {
		other, found, err := t.FindUserByExternalID(user.App, user.ExternalID)
		if err != nil {
			return fmt.Errorf("%s: %w", doing, err)
		}
		if found && other.ID != user.ID {
			return fmt.Errorf("%s: %w", doing, externalIDTaken())
		}
	}
	p := user.Profile
	moved, found, err := change(t, doing, scanNumber, `UPDATE users SET
		external_id = $3, external_id_hash = $4, source = $5, given_name = $6, surname = $7, email = $8, avatar_url = $9,
		locale = $10, metadata = $11, attributes = $12, seat = $13, signed_up_at = $14, created_at = $15, last_seen_at = $16,
		tokens_valid_after = $17, blocked_at = $18, change = change + 1, unindexed = CASE WHEN unindexed = 0
			AND external_id = $3 AND given_name = $6 AND surname = $7 AND email = $8 THEN 0 ELSE 1 END
		WHERE id = $1 AND app_id = $2 RETURNING change`,
		string(user.ID), string(user.App), user.ExternalID, digest(user.ExternalID), string(user.Source),
		p.GivenName, p.Surname, p.Email, p.AvatarURL, p.Locale, meta, attributes, user.Seat,
		micros(user.SignedUpAt), micros(user.CreatedAt), micros(user.LastSeenAt),
		micros(user.TokensValidAfter), micros(user.BlockedAt))
	if err != nil {
		return err
	}
	if !found {
		return fmt.Errorf("%s: %w", doing, chat.Missing("user"))
	}
	user.Change = moved
	return nil
}

func (t *tx) TouchUser(user chat.User) error {
	_, err := t.exec("touch user", `UPDATE users SET last_seen_at = $3 WHERE id = $1 AND app_id = $2 AND last_seen_at < $3`,
		string(user.ID), string(user.App), micros(user.LastSeenAt))
	return err
}

const userByID = `SELECT ` + userColumns + ` FROM users u WHERE u.id = $1 AND u.app_id = $2`

func (t *tx) GetUser(app chat.AppID, id chat.UserID) (chat.User, error) {
	return get(t, "user", "load user", scanUser, userByID, string(id), string(app))
}

func (t *tx) LockUser(app chat.AppID, id chat.UserID) (chat.User, error) {
	return get(t, "user", "lock user", scanUser, t.db.lockRows(userByID), string(id), string(app))
}

func (t *tx) FindUserByExternalID(app chat.AppID, externalID string) (chat.User, bool, error) {
	return find(t, "find user by external id", scanUser,
		`SELECT `+userColumns+` FROM users u WHERE u.app_id = $1 AND u.external_id_hash = $2`, string(app), digest(externalID))
}

func (t *tx) FindUserByNumber(app chat.AppID, number int64) (chat.User, bool, error) {
	return find(t, "find user by number", scanUser,
		`SELECT `+userColumns+` FROM users u WHERE u.app_id = $1 AND u.number = $2`, string(app), number)
}

func (t *tx) FindUserByIdentity(app chat.AppID, kind chat.IdentityKind, value string) (chat.User, bool, error) {
	return find(t, "find user by identity", scanUser, `SELECT `+userColumns+` FROM identities i JOIN users u ON u.id = i.user_id
		WHERE i.app_id = $1 AND i.kind = $2 AND i.value = $3`, string(app), string(kind), value)
}

func (t *tx) ListUsers(page store.UserPage) ([]chat.User, error) {
	const doing = "list users"
	switch {
	case page.Email != "":
		return t.listOwner(page)
	case page.Before != 0:
		of := ""
		if page.Blocked {
			of = "AND u.blocked_at > 0" // the condition of an index
		}
		users, err := list(t, doing, scanUser, `SELECT `+userColumns+` FROM users u
			WHERE u.app_id = $1 `+of+` AND u.number < $2 ORDER BY u.number DESC LIMIT $3 + 0`, string(page.App), page.Before, page.Limit)
		slices.Reverse(users)
		return users, err
	}
	return list(t, doing, scanUser, `SELECT `+userColumns+` FROM users u
		WHERE u.app_id = $1 AND u.number > $2 ORDER BY u.number LIMIT $3 + 0`, string(page.App), page.After, page.Limit)
}

// listOwner is ListUsers by a verified address, which has one owner at most.
func (t *tx) listOwner(page store.UserPage) ([]chat.User, error) {
	user, found, err := t.FindUserByIdentity(page.App, chat.IdentityEmail, page.Email)
	switch {
	case err != nil || !found || page.Limit < 1:
		return nil, err
	case page.Before != 0 && user.Number >= page.Before, user.Number <= page.After:
		return nil, nil
	}
	return []chat.User{user}, nil
}

func (t *tx) BumpUser(app chat.AppID, id chat.UserID) error {
	return t.execOn("user", "bump user", `UPDATE users SET change = change + 1 WHERE id = $1 AND app_id = $2`, string(id), string(app))
}

// conversationsOfUser are those that the user takes part in, or once did.
const conversationsOfUser = `SELECT conversation_id FROM participants WHERE user_id = $1
	UNION SELECT conversation_id FROM former_participants WHERE user_id = $1`

// DeleteUser removes what refers to the user by a foreign key with the user, and the rest before.
func (t *tx) DeleteUser(app chat.AppID, id chat.UserID) error {
	const doing = "delete user"
	if _, err := t.LockUser(app, id); err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	if err := t.forgetDeliveries(app, id); err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	if err := t.forgetMails(id); err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	if err := t.ForgetMerges(app, id); err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	// Somebody who once took part in a personal conversation wrote in it while they were merged with its user.
	personal, err := list(t, doing, scanText[chat.ConversationID], t.db.lockRows(`SELECT id FROM conversations
		WHERE type = 'personal' AND id IN (SELECT conversation_id FROM participants WHERE user_id = $1) ORDER BY id`), string(id))
	if err != nil {
		return err
	}
	for _, conversation := range personal {
		if err := t.deleteConversation(conversation); err != nil {
			return fmt.Errorf("%s: %w", doing, err)
		}
	}
	if err := t.dropThose(`user_id = $1 AND user_id <> ''`, string(id)); err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	if err := t.forgetAuthor(id); err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	if err := t.forgetReferences(string(id)); err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	if _, err = t.exec(doing, `DELETE FROM users WHERE id = $1`, string(id)); err != nil {
		return err
	}
	return t.unindex(`subject = $1`, string(id))
}
