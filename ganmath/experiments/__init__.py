"""What theory says of training, observed: each module trains, measures, and says what was expected."""
