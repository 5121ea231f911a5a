"""Transformers whose weights are set by hand, and the bandits that they play in context.

`transformer` is the forward pass over a whole context, `decoding` the same token by token;
`heads` and `perceptrons` are the parts, `policies`, `scheduler` and `restart` what is built of
them, `reference` and `procedure` the algorithms that they stand for.  All can be used without
`verify`.
"""
