// Package web holds the built front ends: the scripts, the widget's frame, the hosted page, the API reference, and their
// hashed assets. They are written by "npm run build" into embedded/; without that, a placeholder stands in, so that the
// program builds without Node.
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:embedded
var embedded embed.FS

// Files returns what was built: the scripts, frame.html, page.html, reference.html, the preview's two pages and assets/, whose names change with their content
// and may be cached for ever. Where Built is false it holds placeholder.html alone.
func Files() fs.FS {
	files, err := fs.Sub(embedded, "embedded")
	if err != nil {
		panic(err) // the folder is named in the directive above
	}
	return files
}

// Built tells whether the real front ends are inside.
func Built() bool {
	_, err := fs.Stat(embedded, "embedded/smooch.js")
	return err == nil
}
