// Package imported reads event logs that were kept elsewhere, as CSV or XES, so that the same questions can be asked of
// them as of Rogatory's own. A mapping file says which column is what, and which of Rogatory's kinds each activity is.
//
// What is imported is not tamper-evident: nobody signed it, it stands in no tree, and its order is that of its times.
// Every line of an imported file says so. An activity whose body the mapping does not give is imported by its cover
// alone, as if it were sealed: what is not known is not made up.
package imported
