package httpapi

import (
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/strictjson"
)

// spreadObjects reads page={"size":2} and filter={"userId":"…"} as page[size]=2 and filter[userId]=…: it is how the published
// Python client writes them. From here on the query has them in brackets, and so have the links of the answer.
func (c *call) spreadObjects() error {
	query := c.URL.Query()
	if !query.Has("page") && !query.Has("filter") {
		return nil
	}
	for _, name := range []string{"page", "filter"} {
		for _, object := range query[name] {
			members, err := membersOf(name, object)
			if err != nil {
				return err
			}
			for member, value := range members {
				query.Add(name+"["+member+"]", value)
			}
		}
		query.Del(name)
	}
	address := *c.URL
	address.RawQuery = query.Encode()
	c.Request = c.WithContext(c.Context()) // a copy: the caller's own stays as it came
	c.URL = &address
	return nil
}

// membersOf are the members of an object of the query; null is none.
func membersOf(name, object string) (map[string]string, error) {
	all := map[string]string{}
	if object == "" {
		return all, nil
	}
	members, err := strictjson.Members([]byte(object), nil)
	if err != nil {
		return nil, chat.InvalidField(name, `must be an object in JSON, or its members in brackets, as %s[…]=…: %v`, name, err)
	}
	for _, member := range members {
		text, isText := member.Value.String()
		switch {
		case isText:
			all[string(member.Name)] = text
		case member.Value.IsNumber():
			all[string(member.Name)] = string(member.Value.Raw())
		case !member.Value.IsNull():
			return nil, chat.InvalidField(name, "the member %q must be text or a number", member.Name)
		}
	}
	return all, nil
}
