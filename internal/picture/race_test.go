//go:build race

package picture

const racing = true
