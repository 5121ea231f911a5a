"""Transformers whose weights are set by hand, and the bandits that they play in context.

`transformer` is the forward pass over a whole context, `decoding` the same token by token;
`heads` and `perceptrons` are the parts, `policies` and `scheduler` what is built of them, and
`reference` the algorithms that they stand for.  All can be used without `verify`.
"""
