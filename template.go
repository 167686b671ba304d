package tandem

// A Template is one that somebody brought for a workspace: its text, as the library of templates reads it.
// Name and language tell it from others of the workspace.
type Template struct {
	Workspace WorkspaceID `json:"workspace"`
	Name      string      `json:"name"`
	Lang      string      `json:"lang"`
	Owner     PersonID    `json:"owner"`
	Text      string      `json:"text"`
	Created   Instant     `json:"created"`
}
