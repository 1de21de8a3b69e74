package chat

import (
	"testing"
	"time"
)

func TestAnEpisodeIsFromAUsersMessageToItsClosing(t *testing.T) {
	t.Parallel()
	minute := func(n int) time.Time { return time.Unix(0, 0).UTC().Add(time.Duration(n) * time.Minute) }
	business := func(at int) Message {
		return Message{Author: Author{Type: AuthorBusiness, Subtype: SubtypeAgent}, Origin: Origin{Client: "kim"}, Received: minute(at)}
	}
	user := func(at int) Message { return Message{Author: Author{Type: AuthorUser}, Received: minute(at)} }

	closing := func(e InboxEntry, at int) InboxEntry {
		e.Status, e.MovedAt = InboxClosed, minute(at)
		return e
	}
	e := FirstEntry(business(1))
	if _, ran := closing(e, 2).Ended("kim"); ran {
		t.Error("what no user wrote to is an episode")
	}
	e = e.After(user(3)).After(user(4)).After(business(6)).After(user(7)).After(business(9))
	if _, ended := e.Ended("lee"); ended {
		t.Error("what is open has ended")
	}
	e = closing(e, 10)
	want := Episode{OpenedAt: minute(3), AnsweredAt: minute(6), AnsweredBy: "kim", ClosedAt: minute(10), ClosedBy: "lee"}
	if ended, ran := e.Ended("lee"); !ran || ended != want {
		t.Errorf("%+v, want %+v", ended, want)
	}
	want = Episode{OpenedAt: minute(12), ClosedAt: minute(13), ClosedBy: "lee"}
	if again, ran := closing(e.After(user(12)), 13).Ended("lee"); !ran || again != want {
		t.Errorf("reopened: %+v, want %+v", again, want)
	}
}

func TestAnAnswerThatNoAgentGaveIsNobodys(t *testing.T) {
	t.Parallel()
	at := time.Unix(60, 0).UTC()
	for name, answer := range map[string]Message{
		"a program":                         {Author: Author{Type: AuthorBusiness}, Received: at},
		"a program that calls itself agent": {Author: Author{Type: AuthorBusiness, Subtype: SubtypeAgent}, Received: at},
	} {
		e := FirstEntry(Message{Author: Author{Type: AuthorUser}, Received: time.Unix(0, 0).UTC()}).After(answer)
		if e.AnsweredBy != "" || !e.AnsweredAt.Equal(at) {
			t.Errorf("%s: %+v", name, e)
		}
	}
}
