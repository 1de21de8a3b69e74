package chat

import (
	"strconv"
	"time"
)

// Limits of ratings.
const (
	MaxRating         = 5
	GoodRating        = 4   // and what is above it
	MaxRatingQuestion = 200 // characters
	RatingQuestion    = "How did we do?"
)

// Names of the fields of the form by which a conversation is rated.
const (
	ratingField  = "rating"
	commentField = "comment"
)

// Rating is what a user thinks of an episode of a conversation. They are asked once for each, by a form, when an agent closes it. It stays when
// the conversation goes, as reports count it; what they say beside the value is in their message alone, and goes with it.
type Rating struct {
	App          AppID
	Conversation ConversationID
	OpenedAt     time.Time // of the episode
	Form         MessageID // by which the user was asked
	Agent        AgentID   // who was to answer when it was closed, else who closed it
	AskedAt      time.Time
	Value        int64 // 1 to MaxRating; 0: not rated yet
	RatedAt      time.Time
	Answer       MessageID // by which they rated
}

// RatingForm asks for a rating. Programs that know forms can answer it, too: the rating is an option's name.
func RatingForm(question string) Content {
	labels := [MaxRating]string{"Very bad", "Bad", "All right", "Good", "Very good"}
	options := make([]Option, MaxRating)
	for i, label := range labels {
		options[i] = Option{Name: strconv.Itoa(i + 1), Label: label}
	}
	most := MaxFieldSize
	if question == "" {
		question = RatingQuestion
	}
	return Content{Type: ContentForm, Text: question, Form: &Form{Rating: true, Fields: []FormField{
		{Type: FieldSelect, Name: ratingField, Label: "Rating", Options: options},
		{Type: FieldText, Name: commentField, Label: "Comment", MaxSize: &most},
	}}}
}

// Rates tells whether the message answers a form that asks for a rating. Such a message says nothing that somebody has to answer.
func (m Message) Rates() bool {
	return m.Content.Type == ContentFormResponse && m.Content.Form != nil && m.Content.Form.Rating
}

// CommentIn is what a message that rates says beside the value.
func CommentIn(m Message) string {
	for _, field := range m.Content.Form.Fields {
		if field.Name == commentField {
			return field.Text
		}
	}
	return ""
}

// RatingIn is the value that a message gives. Invalid without one: a comment goes with it.
func RatingIn(m Message) (value int64, err error) {
	for _, field := range m.Content.Form.Fields {
		if field.Name == ratingField && len(field.Select) == 1 {
			value, _ = strconv.ParseInt(field.Select[0].Name, 10, 64)
		}
	}
	if value < 1 || value > MaxRating {
		return 0, InvalidField("content.fields", "must hold exactly one rating, from 1 to %d", MaxRating)
	}
	return value, nil
}
