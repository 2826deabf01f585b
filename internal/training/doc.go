// Package training puts a person at one desk of a case. Everybody else does what the script has them do. The trainee sees
// what the role knows, may find out more, decides, and names the ground; then sees what the law made available, what was
// hidden, what came of it, and what each safeguard would have changed.
//
// What the author stipulates is told only afterwards. Until then it enters by one door: an inquiry of the role's own
// finds what its State can find, and takes time.
package training
