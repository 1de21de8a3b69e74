package staff

import (
	"context"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// Step is what somebody whose password was right has still to do.
type Step struct {
	Factors   chat.Factors // one of which is asked for
	ExpiresAt time.Time
}

// askSecond begins the second step, after what was shown by. Whoever holds its token is nobody yet: it opens this step alone.
func (s *Service) askSecond(tx store.Tx, agent chat.Agent, factors chat.Factors, by string) (SignedIn, error) {
	token := chat.NewSecret()
	challenge := chat.Challenge{Hash: chat.HashToken(token), Purpose: chat.SecondStep, Agent: agent.ID, Document: by, ExpiresAt: s.now().Add(chat.ChallengeLife)}
	return SignedIn{Token: token, Agent: agent, Step: &Step{Factors: factors, ExpiresAt: challenge.ExpiresAt}}, tx.InsertChallenge(challenge)
}

// AtSecondStep returns whose second step the token opens. Unauthenticated step_over where it opens none any more.
func (s *Service) AtSecondStep(ctx context.Context, token string) (agent chat.Agent, err error) {
	err = s.store.Read(ctx, func(tx store.Tx) error {
		agent, _, err = s.atSecondStep(tx, token)
		return err
	})
	return agent, err
}

func (s *Service) atSecondStep(tx store.Tx, token string) (agent chat.Agent, first string, err error) {
	challenge, found, err := tx.FindChallenge(chat.HashToken(token), chat.SecondStep)
	if err != nil {
		return chat.Agent{}, "", err
	}
	if !found || !s.now().Before(challenge.ExpiresAt) {
		return chat.Agent{}, "", stepOver()
	}
	agent, err = tx.GetAgent(challenge.Agent)
	if err == nil && !agent.DisabledAt.IsZero() {
		err = stepOver()
	}
	return agent, challenge.Document, err
}

func stepOver() error {
	return &chat.Error{Kind: chat.Unauthenticated, Code: "step_over", Message: "The sign-in took too long, or is done.", Cure: "Begin with the password again."}
}

// AnswerSecondStep exchanges the token and a code, of the phone or for recovery, for a session. Unauthenticated as AtSecondStep, or wrong_code.
func (s *Service) AnswerSecondStep(ctx context.Context, token, code string) (SignedIn, error) {
	return s.finishSecondStep(ctx, token, func(tx store.Tx, agent chat.Agent) (string, error) {
		by, isRight, err := s.takeCode(tx, agent.ID, code)
		if err == nil && !isRight {
			err = wrongCode()
		}
		return by, err
	})
}

// finishSecondStep opens the session where shown says by what; of two answers at once one gets it.
func (s *Service) finishSecondStep(ctx context.Context, token string, shown func(store.Tx, chat.Agent) (by string, err error)) (in SignedIn, err error) {
	err = s.store.Write(ctx, func(tx store.Tx) error {
		agent, first, err := s.atSecondStep(tx, token)
		if err != nil {
			return err
		}
		if agent, err = tx.LockAgent(agent.ID); err != nil {
			return err
		}
		by, err := shown(tx, agent)
		if err != nil {
			return err
		}
		isMine, err := tx.DeleteChallenge(chat.HashToken(token))
		if err != nil {
			return err
		}
		if !isMine {
			return stepOver()
		}
		in, err = s.begin(tx, agent, first+" and "+by)
		return err
	})
	return in, err
}
