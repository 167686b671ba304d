// Package tandemtest holds what tests of several rooms share: a throw-away PostgreSQL, both databases
// in turn, a clock that a test sets, checks of HTML by CSS selector, and a browser. Only tests import it.
//
// Nothing is left out silently. A missing program fails the test with the name of the Debian package
// that brings it; leaving an engine, the browser or mounted file systems out needs an explicit variable
// (TANDEM_TEST_POSTGRES=off, TANDEM_TEST_BROWSER=off, TANDEM_TEST_MOUNTS=off), and then a line that begins with "left out:"
// goes to the log, which `make test` repeats at its end.
package tandemtest
