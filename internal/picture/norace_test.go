//go:build !race

package picture

const racing = false
