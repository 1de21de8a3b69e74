package wire

// Numbers are what was done in an app in a span of days.
type Numbers struct {
	TimeZone  string           `json:"timeZone"`
	From      string           `json:"from"`
	To        string           `json:"to"`
	All       Figures          `json:"all"`
	Before    Figures          `json:"before"`
	Days      []NumbersOfDay   `json:"days"`
	Agents    []NumbersOfAgent `json:"agents"`
	AgentDays []NumbersOfAgent `json:"agentDays"`
}

// NumbersOfDay are those of a day.
type NumbersOfDay struct {
	Date string `json:"date"`
	Figures
}

// NumbersOfAgent are those of an agent, or without one of programs and assistants: of a day, or without one of the whole span.
type NumbersOfAgent struct {
	Date  string    `json:"date,omitzero"`
	Agent *AgentRef `json:"agent,omitzero"`
	Figures
}

// Figures are what was done in some time.
type Figures struct {
	Opened        *int64         `json:"opened,omitzero"` // absent for an agent
	Answered      int64          `json:"answered"`
	Closed        int64          `json:"closed"`
	FirstResponse *TookTimes     `json:"firstResponse,omitzero"`
	Resolution    *TookTimes     `json:"resolution,omitzero"`
	Ratings       *RatingFigures `json:"ratings,omitzero"`
}

// RatingFigures are how often users were asked for a rating, how often they gave one, and how many of those were good.
type RatingFigures struct {
	Asked int64 `json:"asked"`
	Given int64 `json:"given"`
	Good  int64 `json:"good"`
}

// TookTimes are how long something took.
type TookTimes struct {
	MedianSeconds int64 `json:"medianSeconds"`
	P90Seconds    int64 `json:"p90Seconds"`
	Count         int64 `json:"count"`
}
