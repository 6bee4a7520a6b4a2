"""The verbs: each change of a binder is one function here, one transaction, one undo step."""
