"""The Hamilton-Jacobi theory of deep learning (arXiv 2605.28983), claim by claim."""
