package wire_test

import (
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/parlorchat/parlor/api"
)

// contract is api/openapi.yaml, checked as a document: its own examples included.
func contract(t *testing.T) *openapi3.T {
	t.Helper()
	document, err := openapi3.NewLoader().LoadFromData(api.OpenAPI)
	if err != nil {
		t.Fatal(err)
	}
	return document
}

func schema(t *testing.T, document *openapi3.T, name string) *openapi3.Schema {
	t.Helper()
	found := document.Components.Schemas[name]
	if found == nil {
		t.Fatalf("openapi.yaml has no schema %s", name)
	}
	return found.Value
}

func TestContractIsValid(t *testing.T) {
	t.Parallel()
	if err := contract(t).Validate(t.Context(), openapi3.EnableExamplesValidation()); err != nil {
		t.Fatal(err)
	}
}
