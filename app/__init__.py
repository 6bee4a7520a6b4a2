"""ClaimBinder without its window: values and rules, storage, importing, exporting, operations."""
