package sqlstore

import (
	"database/sql"
	"fmt"
	"time"

	"github.com/go-json-experiment/json"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// settingsRow is the document of an app's settings: all but the portal and the seats, which are columns.
type settingsRow struct {
	Origins      []string     `json:"origins,omitempty"`
	Hosts        []string     `json:"hosts,omitempty"`
	Doors        *[]chat.Door `json:"doors,omitzero" ` // nil: all; empty: none
	Anonymous    bool         `json:"anonymous"`
	EmailLogin   emailLogin   `json:"email_login"`
	RequireExp   bool         `json:"require_exp"`
	MaxTokenAge  int64        `json:"max_token_age_micros"`
	OneTimeCodes bool         `json:"one_time_codes"`
	LinkByEmail  bool         `json:"link_by_email"`
	TimeZone     string       `json:"time_zone"`
	Hours        *hoursRow    `json:"hours,omitzero"`
	Prechat      []string     `json:"prechat,omitempty"`
	Rating       bool         `json:"rating,omitzero"`
	RatingAsks   string       `json:"rating_asks,omitzero"`
	Retention    int64        `json:"retention_micros"`
	Color        string       `json:"color,omitempty"`
	Logo         string       `json:"logo,omitempty"`
	Look         lookRow      `json:"look,omitzero"`
	MailAnswers  int64        `json:"mail_answers_micros,omitzero"`
	MailPrograms bool         `json:"mail_programs,omitzero"`
	MailWaiting  int64        `json:"mail_waiting_micros,omitzero"`
	NoPages      bool         `json:"no_pages,omitzero"`

	Metadata chat.Metadata `json:"metadata,omitempty"`
	Switches []string      `json:"switches,omitempty"`

	Questions []questionRow `json:"questions,omitempty"`

	Factors chat.FactorRule `json:"factors,omitempty"`

	AddressBlocks []addressBlockRow `json:"address_blocks,omitempty"`
}

type lookRow struct {
	Position chat.LookPosition `json:"position,omitempty"`
	Side     *int              `json:"side,omitempty"`
	Bottom   int               `json:"bottom,omitzero"`
	Theme    chat.LookTheme    `json:"theme,omitempty"`
	Launcher string            `json:"launcher,omitempty"`
	Greeting string            `json:"greeting,omitempty"`
	Intro    string            `json:"intro,omitempty"`
}

// emailLogin is a word; the first version of the document had true and false.
type emailLogin chat.EmailLogin

func (e *emailLogin) UnmarshalJSON(raw []byte) error {
	switch string(raw) {
	case "true":
		*e = emailLogin(chat.EmailLoginOn)
		return nil
	case "false":
		*e = emailLogin(chat.EmailLoginOff)
		return nil
	}
	return json.Unmarshal(raw, (*string)(e))
}

func settingsDocument(s chat.AppSettings) (string, error) {
	row := settingsRow{
		Origins: s.Origins, Hosts: s.Hosts, Anonymous: s.Anonymous, EmailLogin: emailLogin(s.EmailLogin), RequireExp: s.RequireExp,
		MaxTokenAge: s.MaxTokenAge.Microseconds(), OneTimeCodes: s.OneTimeCodes, LinkByEmail: s.LinkByEmail,
		TimeZone: s.TimeZone, Retention: s.Retention.Microseconds(), Color: s.Color, Logo: s.Logo, Look: lookRow(s.Look),
		Metadata: s.Metadata, Switches: s.Switches, Hours: hoursRowOf(s.Hours), AddressBlocks: addressBlockRows(s.AddressBlocks),
		MailAnswers: s.MailAnswers.Microseconds(), MailPrograms: s.MailPrograms, MailWaiting: s.MailWaiting.Microseconds(), NoPages: !s.Pages,
		Factors: s.Factors, Prechat: s.Prechat, Questions: questionRows(s.Questions), Rating: s.Rating, RatingAsks: s.RatingAsks,
	}
	if s.Doors != nil {
		row.Doors = &s.Doors
	}
	return document(row)
}

// settingsValue reads what settingsDocument wrote.
type settingsValue chat.AppSettings

func (v *settingsValue) Scan(src any) error {
	var row settingsRow
	if err := parse(src, &row); err != nil {
		return err
	}
	*v = settingsValue{
		Origins: row.Origins, Hosts: row.Hosts, Anonymous: row.Anonymous, EmailLogin: chat.EmailLogin(row.EmailLogin), RequireExp: row.RequireExp,
		MaxTokenAge: time.Duration(row.MaxTokenAge) * time.Microsecond, OneTimeCodes: row.OneTimeCodes, LinkByEmail: row.LinkByEmail,
		TimeZone: row.TimeZone, Retention: time.Duration(row.Retention) * time.Microsecond,
		Color: row.Color, Logo: row.Logo, Look: chat.Look(row.Look), Metadata: row.Metadata, Switches: row.Switches, Hours: row.Hours.value(), AddressBlocks: addressBlocksOf(row.AddressBlocks),
		MailAnswers: time.Duration(row.MailAnswers) * time.Microsecond, MailPrograms: row.MailPrograms, MailWaiting: time.Duration(row.MailWaiting) * time.Microsecond, Pages: !row.NoPages,
		Factors: row.Factors, Prechat: row.Prechat, Questions: questionsOf(row.Questions), Rating: row.Rating, RatingAsks: row.RatingAsks,
	}
	if row.Doors != nil {
		v.Doors = *row.Doors
	}
	return nil
}

const appColumns = `a.id, a.ordinal, a.integration_id, a.name, a.portal, a.seats, a.seats_used, a.settings, a.created_at`

func scanApp(row scanner, app *chat.App) error {
	var portal, seats sql.NullInt64
	err := row.Scan((*string)(&app.ID), &app.Ordinal, (*string)(&app.IntegrationID), &app.Name, &portal, &seats,
		&app.SeatsUsed, (*settingsValue)(&app.Settings), (*timeValue)(&app.CreatedAt))
	app.Settings.Portal = portal.Int64
	if seats.Valid {
		app.Settings.Seats = &seats.Int64
	}
	return err
}

func (t *tx) InsertApp(app *chat.App) error {
	const doing = "insert app"
	settings, err := settingsDocument(app.Settings)
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	ordinal, err := t.count("app")
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	if err := t.checkPlaces(*app); err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	affected, err := t.exec(doing, `INSERT INTO apps
		(id, ordinal, integration_id, name, portal, seats, seats_used, last_user_number, settings, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9) ON CONFLICT DO NOTHING`,
		string(app.ID), ordinal, string(app.IntegrationID), app.Name, portalColumn(app.Settings), seatsColumn(app.Settings),
		app.SeatsUsed, settings, micros(app.CreatedAt))
	if err != nil {
		return err
	}
	if affected == 0 {
		return fmt.Errorf("%s: %w", doing, conflict("portal", "The portal, or the id, is taken by another app."))
	}
	app.Ordinal = ordinal
	if err := t.InsertIntegration(chat.Integration{App: app.ID, ID: app.IntegrationID, Type: chat.IntegrationWeb, CreatedAt: app.CreatedAt}); err != nil {
		return err
	}
	return t.setHosts(*app)
}

func (t *tx) UpdateApp(app chat.App) error {
	const doing = "update app"
	settings, err := settingsDocument(app.Settings)
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	if err := t.checkPlaces(app); err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	err = t.execOn("app", doing, `UPDATE apps SET name = $2, portal = $3, seats = $4, settings = $5 WHERE id = $1`,
		string(app.ID), app.Name, portalColumn(app.Settings), seatsColumn(app.Settings), settings)
	if err != nil {
		return err
	}
	return t.setHosts(app)
}

func portalColumn(s chat.AppSettings) any {
	if s.Portal == 0 {
		return nil
	}
	return s.Portal
}

func seatsColumn(s chat.AppSettings) any {
	if s.Seats == nil {
		return nil
	}
	return *s.Seats
}

// checkPlaces refuses a portal or a host of another app before anything is written.
func (t *tx) checkPlaces(app chat.App) error {
	if app.Settings.Portal != 0 {
		other, found, err := t.FindAppByPortal(app.Settings.Portal)
		if err != nil {
			return err
		}
		if found && other.ID != app.ID {
			return conflict("portal", fmt.Sprintf("Portal %d is taken by another app.", app.Settings.Portal))
		}
	}
	for _, host := range app.Settings.Hosts {
		other, found, err := t.FindAppByHost(host)
		if err != nil {
			return err
		}
		if found && other.ID != app.ID {
			return conflict("hosts", fmt.Sprintf("Host %s is taken by another app.", host))
		}
	}
	return nil
}

func (t *tx) setHosts(app chat.App) error {
	const doing = "set hosts of app"
	if _, err := t.exec(doing, `DELETE FROM app_hosts WHERE app_id = $1`, string(app.ID)); err != nil {
		return err
	}
	for _, host := range app.Settings.Hosts {
		affected, err := t.exec(doing, `INSERT INTO app_hosts (host, app_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`, host, string(app.ID))
		if err != nil {
			return err
		}
		if affected == 0 {
			return fmt.Errorf("%s: %w", doing, conflict("hosts", fmt.Sprintf("Host %s is taken.", host)))
		}
	}
	return nil
}

func (t *tx) GetApp(id chat.AppID) (chat.App, error) {
	return get(t, "app", "load app", scanApp, `SELECT `+appColumns+` FROM apps a WHERE a.id = $1`, string(id))
}

// LockApp keeps nobody from putting something into the app.
func (t *tx) LockApp(id chat.AppID) (chat.App, error) {
	return get(t, "app", "lock app", scanApp, t.db.lockValues(`SELECT `+appColumns+` FROM apps a WHERE a.id = $1`), string(id))
}

func (t *tx) FindAppByIntegration(id chat.IntegrationID) (chat.App, bool, error) {
	return find(t, "find app by integration", scanApp,
		`SELECT `+appColumns+` FROM apps a JOIN integrations i ON i.app_id = a.id WHERE i.id = $1 AND i.type = 'web'`, string(id))
}

func (t *tx) FindAppByHost(host string) (chat.App, bool, error) {
	return find(t, "find app by host", scanApp,
		`SELECT `+appColumns+` FROM apps a JOIN app_hosts h ON h.app_id = a.id WHERE h.host = $1`, host)
}

func (t *tx) FindAppByPortal(portal int64) (chat.App, bool, error) {
	return find(t, "find app by portal", scanApp, `SELECT `+appColumns+` FROM apps a WHERE a.portal = $1`, portal)
}

func (t *tx) FindDefaultApp() (chat.App, bool, error) {
	return find(t, "find default app", scanApp, `SELECT `+appColumns+` FROM apps a ORDER BY a.ordinal LIMIT 1`)
}

func (t *tx) ListApps(span store.Span) ([]chat.App, error) {
	apps := sequence[chat.App]{doing: "list apps", scan: scanApp, columns: appColumns, from: `FROM apps a WHERE TRUE`, id: "a.id", number: "a.ordinal"}
	return apps.read(t, span)
}

func (t *tx) SetLogo(id chat.AppID, logo chat.Logo) error {
	const doing = "set logo"
	if _, err := t.exec(doing, `DELETE FROM app_logos WHERE app_id = $1`, string(id)); err != nil || len(logo.Bytes) == 0 {
		return err
	}
	_, err := t.exec(doing, `INSERT INTO app_logos (app_id, type, bytes) VALUES ($1, $2, $3)`, string(id), logo.Type, logo.Bytes)
	return err
}

func (t *tx) FindLogo(id chat.AppID) (chat.Logo, bool, error) {
	return find(t, "find logo", func(row scanner, logo *chat.Logo) error { return row.Scan(&logo.Type, &logo.Bytes) },
		`SELECT type, bytes FROM app_logos WHERE app_id = $1`, string(id))
}

// DeleteApp removes what refers to the app by a foreign key with the app, and the rest before. Of its audit log it leaves what others are chained to.
func (t *tx) DeleteApp(id chat.AppID) error {
	const doing = "delete app"
	if err := t.ready(true); err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	// Under the lock no attachment can come in between: its row refers to the app's.
	if _, err := get(t, "app", doing, scanText[chat.AppID], t.db.lockRows(`SELECT id FROM apps WHERE id = $1`), string(id)); err != nil {
		return err
	}
	if err := t.dropThose(`app_id = $1`, string(id)); err != nil {
		return err
	}
	if err := t.emptyAudits(id); err != nil {
		return err
	}
	if err := t.unindexApp(id); err != nil {
		return err
	}
	for _, query := range []string{
		`DELETE FROM messages WHERE conversation_id IN (SELECT id FROM conversations WHERE app_id = $1)`,
		`DELETE FROM changes WHERE conversation_id IN (SELECT id FROM conversations WHERE app_id = $1)`,
		`DELETE FROM conversations WHERE app_id = $1`,
		`DELETE FROM users WHERE app_id = $1`,
		`DELETE FROM events WHERE app_id = $1`,
		`DELETE FROM deliveries WHERE webhook_id IN (SELECT id FROM webhooks WHERE app_id = $1)`,
		`DELETE FROM invitations WHERE app_id = $1`,
	} {
		if _, err := t.exec(doing, query, string(id)); err != nil {
			return err
		}
	}
	return t.execOn("app", doing, `DELETE FROM apps WHERE id = $1`, string(id))
}

func (t *tx) NextUserNumber(id chat.AppID, seat bool) (int64, bool, error) {
	const doing = "take user number"
	var seats int64
	if seat {
		seats = 1
	}
	number, ok, err := change(t, doing, scanNumber, `UPDATE apps
		SET last_user_number = last_user_number + 1, seats_used = seats_used + $2
		WHERE id = $1 AND ($2 = 0 OR seats IS NULL OR seats_used < seats) RETURNING last_user_number`, string(id), seats)
	if err != nil || ok {
		return number, ok, err
	}
	_, err = t.GetApp(id)
	return 0, false, err
}

func (t *tx) TakeSeat(id chat.AppID) (bool, error) {
	affected, err := t.exec("take seat",
		`UPDATE apps SET seats_used = seats_used + 1 WHERE id = $1 AND (seats IS NULL OR seats_used < seats)`, string(id))
	if err != nil || affected > 0 {
		return affected > 0, err
	}
	_, err = t.GetApp(id)
	return false, err
}

func (t *tx) FreeSeat(id chat.AppID) error {
	_, err := t.exec("free seat", `UPDATE apps SET seats_used = seats_used - 1 WHERE id = $1 AND seats_used > 0`, string(id))
	return err
}

// count moves a counter of the server by one, under a lock that is kept until the transaction ends: its numbers become
// visible in order and without gaps.
func (t *tx) count(name string) (int64, error) {
	const doing = "count"
	value, ok, err := change(t, doing, scanNumber,
		`UPDATE counters SET value = value + 1 WHERE name = $1 RETURNING value`, name)
	if err == nil && !ok {
		err = broken(fmt.Errorf("there is no counter %q", name))
	}
	return value, err
}
