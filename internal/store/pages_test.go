package store_test

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"github.com/parlorchat/parlor/internal/store"
)

// numbers reads spans of 1, 2, 3 ... n, without those that are gone, whose places stay.
func numbers(n int, gone ...int) func(store.Span) ([]int, error) {
	return func(span store.Span) ([]int, error) {
		var all []int
		for i := 1; i <= n; i++ {
			after, _ := strconv.Atoi(span.After)
			before, err := strconv.Atoi(span.Before)
			if i > after && (err != nil || i < before) && !slices.Contains(gone, i) {
				all = append(all, i)
			}
		}
		if span.Backwards() {
			return all[max(0, len(all)-span.Limit):], nil
		}
		return all[:min(span.Limit, len(all))], nil
	}
}

func TestReadPage(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		span store.Span
		read func(store.Span) ([]int, error)
		want string // records, the cursors before and after, more
	}{
		"the first page":               {store.Span{Limit: 2}, numbers(5), `[1 2] "" "2" true`},
		"the only page":                {store.Span{Limit: 5}, numbers(5), `[1 2 3 4 5] "" "" false`},
		"an empty list":                {store.Span{Limit: 5}, numbers(0), `[] "" "" false`},
		"in the middle":                {store.Span{After: "2", Limit: 2}, numbers(5), `[3 4] "3" "4" true`},
		"the last page":                {store.Span{After: "3", Limit: 2}, numbers(5), `[4 5] "4" "" false`},
		"after the end":                {store.Span{After: "5", Limit: 2}, numbers(5), `[] "" "" false`},
		"back in the middle":           {store.Span{Before: "4", Limit: 2}, numbers(5), `[2 3] "2" "3" true`},
		"back at the first":            {store.Span{Before: "3", Limit: 2}, numbers(5), `[1 2] "" "2" false`},
		"before the first":             {store.Span{Before: "1", Limit: 2}, numbers(5), `[] "" "" false`},
		"the newest":                   {store.Span{Newest: true, Limit: 2}, numbers(5), `[4 5] "4" "" true`},
		"back from the newest":         {store.Span{Newest: true, Before: "4", Limit: 3}, numbers(5), `[1 2 3] "" "3" false`},
		"forth where newest are first": {store.Span{Newest: true, After: "1", Limit: 2}, numbers(5), `[2 3] "2" "3" true`},
		"all before it are gone":       {store.Span{After: "2", Limit: 2}, numbers(5, 1, 2), `[3 4] "" "4" true`},
		"all after it are gone":        {store.Span{Before: "4", Limit: 2}, numbers(5, 4, 5), `[2 3] "2" "" true`},
	} {
		page, err := store.ReadPage(test.span, strconv.Itoa, test.read)
		if got := fmt.Sprintf("%v %q %q %t", page.Records, page.Before, page.After, page.More); got != test.want || err != nil {
			t.Errorf("%s: got %s, want %s; %v", name, got, test.want, err)
		}
	}
}
