package load

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"strings"

	"github.com/gorilla/websocket"
)

// Client is one socket of a user.
type Client struct {
	ID           string // as the server gave it
	Conversation string // to which the last message went

	ws *websocket.Conn
}

// frame is as much of a server frame as the measurements look at.
type frame struct {
	Type         string `json:"type"`
	Ref          int64  `json:"ref"`
	Conversation any    `json:"conversation"`
	Message      struct {
		Content struct {
			Text string `json:"text"`
		} `json:"content"`
	} `json:"message"`
	Client struct {
		ID string `json:"id"`
	} `json:"client"`
	Error struct {
		Code  string `json:"code"`
		Title string `json:"title"`
	} `json:"error"`
}

var dialer = websocket.Dialer{ReadBufferSize: 512, WriteBufferSize: 512}

// SignIn connects and signs a user in by the first frame; it returns when the socket is ready.
func (s *Server) SignIn(token string) (*Client, error) {
	return s.Hello(map[string]any{"door": "sdk", "token": token})
}

// Hello connects and says hello with the given members; it returns when the socket is ready.
func (s *Server) Hello(members map[string]any) (*Client, error) {
	ws, _, err := dialer.Dial("ws"+strings.TrimPrefix(s.URL, "http")+"/sdk/v1/apps/"+s.App+"/socket", nil)
	if err != nil {
		return nil, err
	}
	c := &Client{ws: ws}
	hello := map[string]any{"type": "hello", "v": 1}
	maps.Copy(hello, members)
	raw, err := json.Marshal(hello)
	if err != nil {
		return nil, err
	}
	if err := ws.WriteMessage(websocket.TextMessage, raw); err != nil {
		return nil, err
	}
	frames, err := c.read()
	if err != nil {
		return nil, err
	}
	if frames[0].Type != "welcome" {
		return nil, fmt.Errorf("no welcome but %+v", frames[0].Error)
	}
	c.ID = frames[0].Client.ID
	return c, nil
}

func (c *Client) read() ([]frame, error) {
	_, raw, err := c.ws.ReadMessage()
	if err != nil {
		return nil, err
	}
	var frames []frame
	if err := json.Unmarshal(raw, &frames); err != nil {
		return nil, err
	}
	return frames, nil
}

// Send posts a message and waits for its acknowledgement.
func (c *Client) Send(ref int64, text string) error {
	if err := c.write(ref, text); err != nil {
		return err
	}
	for {
		frames, err := c.read()
		if err != nil {
			return err
		}
		for _, f := range frames {
			if f.Ref != ref {
				continue
			}
			if f.Type != "ok" {
				return fmt.Errorf("send: %s %s", f.Error.Code, f.Error.Title)
			}
			c.Conversation, _ = f.Conversation.(string)
			return nil
		}
	}
}

func (c *Client) write(ref int64, text string) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, `{"type":"send","ref":%d,"id":"%d","message":{"text":"%s"}}`, ref, ref, text)
	return c.ws.WriteMessage(websocket.TextMessage, b.Bytes())
}

// Messages reads until n messages have come, and calls f with the text of each.
func (c *Client) Messages(n int, f func(text string)) error {
	for n > 0 {
		frames, err := c.read()
		if err != nil {
			return err
		}
		for _, event := range frames {
			if event.Type == "message" {
				f(event.Message.Content.Text)
				n--
			}
		}
	}
	return nil
}

// Close lets the line go.
func (c *Client) Close() { c.ws.Close() }
